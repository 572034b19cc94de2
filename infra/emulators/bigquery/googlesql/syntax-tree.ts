import { Dialect, parse } from "@polyglot-sql/sdk";

/** A node of the syntax tree that polyglot gives: plain JSON, most often `{ kind: body }`. */
export type SqlNode = { [key: string]: unknown };

/** Whether a value of the tree is an object rather than a leaf or a list. */
export function isNode(value: unknown): value is SqlNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rebuilds a tree from the leaves up; `replace` sees every object after its children were replaced. */
export function mapTree(value: unknown, replace: (node: SqlNode) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapTree(item, replace));
  if (!isNode(value)) return value;
  return replace(
    Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTree(child, replace)])),
  );
}

/** Calls `visit` for every object in the tree. */
export function visitTree(value: unknown, visit: (node: SqlNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visitTree(item, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) visitTree(child, visit);
}

/** The name that an identifier node holds. */
export function readIdentifier(node: unknown): string | undefined {
  return isNode(node) && typeof node.name === "string" ? node.name : undefined;
}

/** An expression from GoogleSQL text in which `_0`, `_1`, … stand for the given nodes. */
export function parseExpression(template: string, ...holes: unknown[]): unknown {
  const select = parseTemplate(`SELECT ${template}`);
  return fillPlaceholders(Array.isArray(select.expressions) ? select.expressions[0] : undefined, holes);
}

/** A FROM item from GoogleSQL text in which `_0`, `_1`, … stand for the given nodes. */
export function parseFromItem(template: string, ...holes: unknown[]): unknown {
  const { from } = parseTemplate(`SELECT 1 FROM ${template}`);
  return fillPlaceholders(
    isNode(from) && Array.isArray(from.expressions) ? from.expressions[0] : undefined,
    holes,
  );
}

function fillPlaceholders(tree: unknown, holes: unknown[]): unknown {
  return mapTree(tree, (node) => {
    const name = isNode(node.column) && !node.column.table ? readIdentifier(node.column.name) : undefined;
    const hole = name && /^_\d+$/.test(name) ? holes[Number(name.slice(1))] : undefined;
    return hole ?? node;
  });
}

/** Templates are few and written down in the code; the trees that are made of them are new ones. */
const templates = new Map<string, SqlNode>();

function parseTemplate(sql: string): SqlNode {
  const known = templates.get(sql);
  if (known) return known;
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
