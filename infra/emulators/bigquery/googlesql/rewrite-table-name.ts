import { isNode, parseFromItem, readIdentifier, type SqlNode, visitTree } from "./syntax-tree.ts";

/** The DuckDB catalog (attached database) that holds one schema per dataset. */
export const STORAGE = "bigquery_storage";

/** The schema in STORAGE that holds the descriptions of datasets and tables. No dataset may have this name. */
export const CATALOG_SCHEMA = "warehouse_catalog";

/** Names that decide how a table name resolves. */
export interface NameScope {
  defaultDataset?: string | undefined;
  /** Lower-case names of common table expressions and aliases. They are no tables of a dataset. */
  localNames: ReadonlySet<string>;
}

/** A table's name: `dataset.table` or `project.dataset.table`. */
export interface TableName {
  project?: string;
  dataset: string;
  table: string;
}

/** Finds the common table expressions and aliases that a statement defines, in lower case. */
export function findLocalNames(tree: unknown): Set<string> {
  const names = new Set<string>();
  visitTree(tree, (node) => {
    const alias = isNode(node.alias) ? readIdentifier(node.alias) : undefined;
    if (alias) names.add(alias.toLowerCase());
  });
  return names;
}

/** Whether a node names a table: `{ name, schema, catalog, … }`. */
export function isTableRef(node: SqlNode): boolean {
  return readIdentifier(node.name) !== undefined && "schema" in node && "catalog" in node;
}

/**
 * Resolves a reference in any of its spellings: `` `p.d.t` ``, `p.d.t`, `` `d.t` ``, `d.t`, `t`.
 * @returns undefined for a name that belongs to no dataset
 */
export function resolveTableName(ref: SqlNode, scope: NameScope): TableName | undefined {
  const parts = splitName(ref);
  const table = parts.at(-1);
  const dataset = parts.at(-2);
  // A project of a domain has a dot: `example.com:project`.
  const project = parts.slice(0, -2).join(".");
  if (table === undefined) return undefined;
  if (project !== "" && dataset !== undefined) return { project, dataset, table };
  if (dataset !== undefined) {
    return scope.localNames.has(dataset.toLowerCase()) ? undefined : { dataset, table };
  }
  if (scope.defaultDataset === undefined || scope.localNames.has(table.toLowerCase())) return undefined;
  return { dataset: scope.defaultDataset, table };
}

/** Qualifies a reference to a table with the DuckDB catalog STORAGE. */
export function qualifyWithStorage(ref: SqlNode, scope: NameScope): SqlNode {
  const name = resolveTableName(ref, scope);
  if (!name || !isNode(ref.name)) return ref;
  const identifier = (text: string): SqlNode => ({
    ...(isNode(ref.name) ? ref.name : {}),
    name: text,
    quoted: true,
  });
  return {
    ...ref,
    name: identifier(name.table),
    schema: identifier(name.dataset),
    catalog: identifier(STORAGE),
  };
}

/** Rewrites `FROM t, t.list AS item` to `FROM t, UNNEST(t.list) AS item`. Returns undefined for the name of a table. */
export function rewriteListOfRow(ref: SqlNode, scope: NameScope): unknown {
  const parts = splitName(ref);
  const [row, list] = parts;
  if (parts.length !== 2 || !row || !list || !scope.localNames.has(row.toLowerCase())) return undefined;
  return parseFromItem(`UNNEST(\`${row}\`.\`${list}\`) AS \`${readIdentifier(ref.alias) ?? list}\``);
}

const INFORMATION_VIEWS = new Set(["tables", "columns", "views"]);

/**
 * Rewrites `dataset.INFORMATION_SCHEMA.TABLES | COLUMNS | VIEWS` to a subquery over the catalog.
 * @returns undefined for any other table
 * @see https://cloud.google.com/bigquery/docs/information-schema-intro
 */
export function rewriteInformationSchema(ref: SqlNode): unknown {
  const parts = splitName(ref);
  const view = parts.at(-1)?.toLowerCase() ?? "";
  if (parts.at(-2)?.toUpperCase() !== "INFORMATION_SCHEMA" || !INFORMATION_VIEWS.has(view)) return undefined;
  const dataset = parts.at(-3)?.replace(/\W/g, "");
  const alias = (readIdentifier(ref.alias) ?? view).replaceAll("`", "");
  const filter = dataset ? ` WHERE table_schema = '${dataset}'` : "";
  return parseFromItem(
    `(SELECT * FROM \`${STORAGE}\`.\`${CATALOG_SCHEMA}\`.\`information_schema_${view}\`${filter}) AS \`${alias}\``,
  );
}

function splitName(ref: SqlNode): string[] {
  return [ref.catalog, ref.schema, ref.name].flatMap((part) => readIdentifier(part)?.split(".") ?? []);
}
