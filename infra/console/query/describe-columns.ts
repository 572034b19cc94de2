/** A table or view of the warehouse. */
export interface QueryableTable {
  /** `dataset.name` */
  name: string;
  kind: "table" | "view";
  /** undefined for a table that a person created. */
  description?: string;
  columns: { name: string; type: string; description?: string }[];
}

/**
 * Describes the columns of a result by their names: with the descriptions of those columns in the tables and views that the statement
 * names. A column that an expression computes under a name of its own has none.
 *
 * @returns descriptions by column. Where tables differ, a line for each, with the table's name.
 */
export function describeColumns(
  sql: string,
  columns: string[],
  schema: QueryableTable[],
): Record<string, string> {
  const named = schema.filter(({ name }) => names(sql, name));
  return Object.fromEntries(
    columns.flatMap((column) => {
      const found = named.flatMap((table) =>
        table.columns.flatMap(({ name, description }) =>
          name === column && description ? [{ table: table.name, description }] : [],
        ),
      );
      const [first] = found;
      if (!first) return [];
      const isSame = found.every(({ description }) => description === first.description);
      const lines = found.map(({ table, description }) => `${table}: ${description}`);
      return [[column, isSame ? first.description : lines.join("\n")]];
    }),
  );
}

/** Whether a statement names a table, with or without backticks. */
function names(sql: string, table: string): boolean {
  return new RegExp(`(?<![\\w])${table.replace(".", "`?\\.`?")}(?![\\w])`, "i").test(sql);
}
