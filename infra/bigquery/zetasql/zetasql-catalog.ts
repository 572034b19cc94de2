import type { TableDefinition } from "../definitions.ts";

/** A table or view; its name is `<dataset>.<table>`. */
export interface ZetaSqlTable {
  name: string;
  columns: { name: string; type: { typeKind: string | number } }[];
}

const KINDS: Readonly<Record<string, string>> = {
  STRING: "TYPE_STRING",
  INTEGER: "TYPE_INT64",
  FLOAT: "TYPE_DOUBLE",
  BOOLEAN: "TYPE_BOOL",
  TIMESTAMP: "TYPE_TIMESTAMP",
  DATE: "TYPE_DATE",
  JSON: "TYPE_JSON",
};

/**
 * Converts a table of infra/bigquery/tables to ZetaSQL's types.
 * @throws {Error} for a type that no table uses yet
 */
export function zetaSqlTable({ dataset, table, schema }: TableDefinition): ZetaSqlTable {
  const columns = schema.fields.map(({ name, type }) => {
    const typeKind = KINDS[type];
    if (!typeKind) throw new Error(`${dataset}.${table}.${name}: ${type} has no ZetaSQL type in KINDS`);
    return { name, type: { typeKind } };
  });
  return { name: `${dataset}.${table}`, columns };
}

/** Builds a SimpleCatalogProto: tables of a dataset are in a nested catalog with the dataset's name. */
export function zetaSqlCatalog(tables: ZetaSqlTable[], languageOptions: Record<string, unknown>) {
  const catalog = { name: "warehouse", builtinFunctionOptions: { languageOptions } };
  const datasets = new Set(tables.flatMap(({ name }) => (name.includes(".") ? [datasetOf(name)] : [])));
  return {
    ...catalog,
    table: tables.filter(({ name }) => !name.includes(".")).map(tableProto),
    catalog: [...datasets].map((dataset) => ({
      name: dataset,
      table: tables.filter(({ name }) => datasetOf(name) === dataset && name.includes(".")).map(tableProto),
    })),
  };
}

function datasetOf(name: string): string {
  return name.split(".")[0] ?? "";
}

function tableProto({ name, columns }: ZetaSqlTable) {
  return { name: name.split(".").at(-1), column: columns };
}
