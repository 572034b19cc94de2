import { isNode, parseFromItem, readIdentifier, type SqlNode, visitTree } from "./syntax-tree.ts";

/** The DuckDB catalog (attached database) that holds one schema per dataset. */
export const STORAGE = "bigquery_storage";

/** The schema in STORAGE that holds the descriptions of datasets and tables. No dataset may have this name. */
export const CATALOG_SCHEMA = "warehouse_catalog";

/** Where a name without dataset points. */
export interface NameScope {
  defaultDataset?: string | undefined;
  /** Names of common table expressions and of tables' aliases: these are not tables of a dataset. */
  localNames: ReadonlySet<string>;
}

/** A table's place, as `dataset.table`. */
export interface TableName {
  dataset: string;
  table: string;
}

/** The common table expressions and aliases that a statement defines. */
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
 * The dataset and table of a reference, whichever of its spellings was used: `` `p.d.t` ``, `p.d.t`, `` `d.t` ``, `d.t`, `t`.
 * Undefined for names that are not of a dataset.
 */
export function resolveTableName(ref: SqlNode, scope: NameScope): TableName | undefined {
  const parts = nameParts(ref);
  const table = parts.at(-1);
  const dataset = parts.at(-2);
  if (table === undefined) return undefined;
  if (dataset !== undefined) {
    return scope.localNames.has(dataset.toLowerCase()) && parts.length === 2 ? undefined : { dataset, table };
  }
  if (scope.defaultDataset === undefined || scope.localNames.has(table.toLowerCase())) return undefined;
  return { dataset: scope.defaultDataset, table };
}

/** The same reference, pointing into STORAGE. */
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

/** `FROM t, t.list AS item` is `FROM t, UNNEST(t.list) AS item`; undefined for the name of a table. */
export function rewriteListOfRow(ref: SqlNode, scope: NameScope): unknown {
  const parts = nameParts(ref);
  const [row, list] = parts;
  if (parts.length !== 2 || !row || !list || !scope.localNames.has(row.toLowerCase())) return undefined;
  return parseFromItem(`UNNEST(\`${row}\`.\`${list}\`) AS \`${readIdentifier(ref.alias) ?? list}\``);
}

const INFORMATION_VIEWS = new Set(["tables", "columns", "views"]);

/**
 * `dataset.INFORMATION_SCHEMA.TABLES | COLUMNS | VIEWS` as a subquery over the catalog; undefined for any other table.
 * @see https://cloud.google.com/bigquery/docs/information-schema-intro
 */
export function rewriteInformationSchema(ref: SqlNode): unknown {
  const parts = nameParts(ref);
  const view = parts.at(-1)?.toLowerCase() ?? "";
  if (parts.at(-2)?.toUpperCase() !== "INFORMATION_SCHEMA" || !INFORMATION_VIEWS.has(view)) return undefined;
  const dataset = parts.at(-3)?.replace(/\W/g, "");
  const alias = (readIdentifier(ref.alias) ?? view).replaceAll("`", "");
  const filter = dataset ? ` WHERE table_schema = '${dataset}'` : "";
  return parseFromItem(
    `(SELECT * FROM \`${STORAGE}\`.\`${CATALOG_SCHEMA}\`.\`information_schema_${view}\`${filter}) AS \`${alias}\``,
  );
}

function nameParts(ref: SqlNode): string[] {
  return [ref.catalog, ref.schema, ref.name].flatMap((part) => readIdentifier(part)?.split(".") ?? []);
}
