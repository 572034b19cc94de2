import { Dialect, parse } from "@polyglot-sql/sdk";

/** A node of polyglot's syntax tree: plain JSON, in most cases `{ kind: body }`. */
export type SqlNode = { [key: string]: unknown };

/** Whether a value of the tree is an object, not a leaf or a list. */
export function isNode(value: unknown): value is SqlNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rebuilds a tree from the leaves up. `replace` receives each object after its children were replaced. */
export function mapTree(value: unknown, replace: (node: SqlNode) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapTree(item, replace));
  if (!isNode(value)) return value;
  return replace(
    Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTree(child, replace)])),
  );
}

/** Calls `visit` for each object in the tree. */
export function visitTree(value: unknown, visit: (node: SqlNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visitTree(item, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) visitTree(child, visit);
}

/** @returns the name of an identifier node; undefined for any other value */
export function readIdentifier(node: unknown): string | undefined {
  return isNode(node) && typeof node.name === "string" ? node.name : undefined;
}

/** Parses a GoogleSQL expression and replaces its placeholders `_0`, `_1`, … by the given nodes. */
export function parseExpression(template: string, ...nodes: unknown[]): unknown {
  const select = parseTemplate(`SELECT ${template}`);
  return fillPlaceholders(Array.isArray(select.expressions) ? select.expressions[0] : undefined, nodes);
}

/** Parses a FROM item in GoogleSQL and replaces its placeholders `_0`, `_1`, … by the given nodes. */
export function parseFromItem(template: string, ...nodes: unknown[]): unknown {
  const { from } = parseTemplate(`SELECT 1 FROM ${template}`);
  return fillPlaceholders(
    isNode(from) && Array.isArray(from.expressions) ? from.expressions[0] : undefined,
    nodes,
  );
}

function fillPlaceholders(tree: unknown, nodes: unknown[]): unknown {
  return mapTree(tree, (node) => {
    const name = isNode(node.column) && !node.column.table ? readIdentifier(node.column.name) : undefined;
    const replacement = name && /^_\d+$/.test(name) ? nodes[Number(name.slice(1))] : undefined;
    return replacement ?? node;
  });
}

/** Parsed templates by their text. A caller never changes one: mapTree copies the tree. */
const templates = new Map<string, SqlNode>();

function parseTemplate(sql: string): SqlNode {
  const cached = templates.get(sql);
  if (cached) return cached;
  const body = parseSelect(sql);
  templates.set(sql, body);
  return body;
}

function parseSelect(sql: string): SqlNode {
  const parsed = parse(sql, Dialect.BigQuery);
  const statement: unknown = parsed.success && Array.isArray(parsed.ast) ? parsed.ast[0] : undefined;
  if (!isNode(statement) || !isNode(statement.select)) throw new Error(`cannot parse the template ${sql}`);
  return statement.select;
}
