import { readFile } from "node:fs/promises";
import { bigqueryDir, readTables, readViews } from "../../bigquery/definitions.ts";
import { documentedColumns } from "../../bigquery/documented-columns.ts";

/** What a table or view of the suite and its columns hold. */
export interface TableDescription {
  description: string;
  columns: Map<string, string>;
  /** Of a view. */
  query?: string;
}

const metrics = new URL("../../../docs/metrics.md", import.meta.url);

/** Descriptions by `dataset.name`: of tables from their definitions, of the columns of views from docs/metrics.md. */
export async function readDescriptions(): Promise<Map<string, TableDescription>> {
  const [tables, views, markdown] = await Promise.all([
    readTables(bigqueryDir),
    readViews(bigqueryDir),
    readFile(metrics, "utf8"),
  ]);
  const documented = documentedColumns(markdown);
  return new Map<string, TableDescription>([
    ...tables.map(({ dataset, table, description, schema }) => {
      const columns = schema.fields.map((field) => [field.name, field.description ?? ""] as const);
      return [`${dataset}.${table}`, { description, columns: new Map(columns) }] as const;
    }),
    ...views.map(({ dataset, view, description, query }) => {
      const name = `${dataset}.${view}`;
      const columns = [...(documented.get(name) ?? [])].map(
        ([column, definition]) => [column, toPlainText(definition)] as const,
      );
      const described = { description: description.replaceAll("\n", " "), columns: new Map(columns), query };
      return [name, described] as const;
    }),
  ]);
}

/** Markdown without its links and code marks. */
function toPlainText(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}
