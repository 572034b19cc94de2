import { TIMESTAMP_TYPE } from "../storage/column-type.ts";
import { isNode, parseExpression, parseFromItem, readIdentifier, type SqlNode } from "./syntax-tree.ts";

/** Returns the replacement of a node, or undefined to leave the node unchanged. */
type Rewrite = (body: SqlNode) => unknown;

/** Index of the date part (`DAY`, `WEEK(MONDAY)`) among a function's arguments. The macros take it as a string. */
const PART_ARGUMENT: Readonly<Record<string, number>> = {
  GSQL_DATE_DIFF: 2,
  GSQL_DATETIME_DIFF: 2,
  GSQL_TIMESTAMP_DIFF: 2,
  GSQL_DATE_TRUNC: 1,
  GSQL_DATETIME_TRUNC: 1,
  GSQL_TIMESTAMP_TRUNC: 1,
};

/** Rewrites of the GoogleSQL expressions that polyglot does not translate correctly, by kind of node. */
export const EXPRESSION_REWRITES: Readonly<Record<string, Rewrite>> = {
  function: rewriteFunction,
  extract: rewriteExtract,
  subscript: rewriteSubscript,
  count_if: rewriteCountIf,
  array_agg: rewriteArrayAgg,
  string_agg: rewriteStringAgg,
  unnest: rewriteUnnest,
  literal: rewriteLiteral,
  add: (body) => widenLeft("add", body),
  sub: (body) => widenLeft("sub", body),
  mul: (body) => widenLeft("mul", body),
  div: rewriteDivision,
};

function rewriteFunction(body: SqlNode): unknown {
  const name = String(body.name).toUpperCase();
  const args = Array.isArray(body.args) ? body.args : [];
  if (name.startsWith("SAFE.")) return parseExpression("TRY(_0)", rename(body, name.slice("SAFE.".length)));
  if (name === "STRUCT") return { function: { ...body, args: args.map(nameStructField) } };
  if (/^GSQL_REGEXP_EXTRACT(_ALL)?$/.test(name) && hasCaptureGroup(args[1])) {
    return rename(body, `${name}_GROUP`);
  }
  if (/^GSQL_(FORMAT|PARSE)_(DATE|DATETIME|TIMESTAMP)$/.test(name)) {
    return { function: { ...body, args: args.with(0, rewriteFormat(args[0])) } };
  }
  const part = PART_ARGUMENT[name];
  if (part === undefined || args.length <= part) return undefined;
  return { function: { ...body, args: args.with(part, toStringLiteral(readDatePart(args[part]))) } };
}

function rename(body: SqlNode, name: string): unknown {
  const node = { function: { ...body, name } };
  return rewriteFunction(node.function) ?? node;
}

/** Names the fields of `STRUCT(a, t.b)` a and b. */
function nameStructField(arg: unknown): unknown {
  if (!isNode(arg) || !isNode(arg.column)) return arg;
  const name = readIdentifier(arg.column.name);
  return name ? parseExpression(`_0 AS \`${name}\``, arg) : arg;
}

/** Reads the text of a string literal in any of GoogleSQL's quotes. */
function readLiteral(node: unknown): string | undefined {
  const value: unknown = isNode(node) && isNode(node.literal) ? node.literal.value : undefined;
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === "string" ? text : undefined;
}

const FORMAT_ELEMENTS: Readonly<Record<string, string>> = {
  "%F": "%Y-%m-%d",
  "%T": "%H:%M:%S",
  "%R": "%H:%M",
  "%D": "%m/%d/%y",
  "%e": "%-d",
  "%h": "%b",
  "%E3S": "%S.%g",
  "%E6S": "%S.%f",
  "%E*S": "%S.%f",
  "%E4Y": "%Y",
  "%Ez": "%z",
};

/** Replaces the format elements that DuckDB lacks, https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements */
function rewriteFormat(node: unknown): unknown {
  const format = readLiteral(node);
  if (format === undefined) return node;
  const value = format.replaceAll(/%(?:E[\d*]?)?\w|%%/g, (element) => FORMAT_ELEMENTS[element] ?? element);
  return { literal: { literal_type: "string", value } };
}

/** A TIMESTAMP literal is an instant (a local time in DuckDB), and `1.5` is FLOAT64 (DECIMAL in DuckDB). */
function rewriteLiteral(body: SqlNode): unknown {
  if (body.literal_type === "number" && /[.eE]/.test(String(body.value))) {
    return parseExpression("CAST(_0 AS FLOAT64)", { literal: body });
  }
  if (body.literal_type !== "timestamp") return undefined;
  return parseExpression(`CAST(_0 AS ${TIMESTAMP_TYPE})`, { literal: { ...body, literal_type: "string" } });
}

/** GoogleSQL's integers have 64 bits, DuckDB's small literals 32. */
function widenLeft(kind: string, body: SqlNode): unknown {
  const { left } = body;
  const literal = isNode(left) && isNode(left.literal) ? left.literal : undefined;
  if (literal?.literal_type !== "number" || !/^\d+$/.test(String(literal.value))) return undefined;
  return { [kind]: { ...body, left: parseExpression("CAST(_0 AS INT64)", left) } };
}

/** A literal other than zero needs no check. */
function rewriteDivision({ left, right }: SqlNode): unknown {
  const literal = isNode(right) && isNode(right.literal) ? right.literal : undefined;
  if (literal?.literal_type === "number" && Number(literal.value) !== 0) return undefined;
  return parseExpression("gsql_quotient(_0, _1)", left, right);
}

function hasCaptureGroup(pattern: unknown): boolean {
  const text = readLiteral(pattern);
  return text !== undefined && /(?<!\\)\((?!\?)|\(\?P?</.test(text.replaceAll("\\\\", ""));
}

/** Reads `DAY` or `WEEK(MONDAY)` as text. The parser makes a variable, a column or a call of it. */
function readDatePart(node: unknown): string {
  if (!isNode(node)) return "";
  if (isNode(node.var)) return String(node.var.this).toUpperCase();
  if (isNode(node.column)) return (readIdentifier(node.column.name) ?? "").toUpperCase();
  if (!isNode(node.function)) return "";
  const argument: unknown = Array.isArray(node.function.args) ? node.function.args[0] : undefined;
  return `${String(node.function.name).toUpperCase()}(${readDatePart(argument)})`;
}

function toStringLiteral(text: string): unknown {
  return parseExpression(`'${text.replace(/[^\w()]/g, "")}'`);
}

function rewriteExtract(body: SqlNode): unknown {
  const zoned = isNode(body.this) && isNode(body.this.at_time_zone) ? body.this.at_time_zone : undefined;
  const source = zoned ? parseExpression("gsql_local(_0, _1)", zoned.this, zoned.zone) : body.this;
  return parseExpression(chooseExtractTemplate(body.field), source);
}

function chooseExtractTemplate(field: unknown): string {
  if (isNode(field)) {
    const [, value] = Object.entries(field)[0] ?? [];
    const part = String(value).toUpperCase();
    if ("WeekWithModifier" in field) {
      return part === "MONDAY" ? "gsql_extract_monday_week(_0)" : "gsql_extract_week(_0)";
    }
    return choosePartTemplate(part);
  }
  return choosePartTemplate(String(field).toUpperCase());
}

function choosePartTemplate(part: string): string {
  switch (part) {
    case "DATE":
    case "TIME":
    case "DATETIME":
    case "DAYOFWEEK":
    case "WEEK":
      return `gsql_extract_${part.toLowerCase()}(_0)`;
    case "MILLISECOND":
    case "MICROSECOND":
      return `gsql_extract_fraction('${part.toLowerCase()}', _0)`;
    case "ISOWEEK":
      return "gsql_extract_part('week', _0)";
    case "DAYOFYEAR":
      return "gsql_extract_part('doy', _0)";
    default:
      return `gsql_extract_part('${part.toLowerCase().replace(/\W/g, "")}', _0)`;
  }
}

/** `[OFFSET(n)]` counts from 0, `[ORDINAL(n)]` and DuckDB from 1. A bare number is an index into JSON. */
function rewriteSubscript(body: SqlNode): unknown {
  const { index } = body;
  if (isNode(index) && isNode(index.literal) && index.literal.literal_type === "number") {
    return parseExpression("gsql_json_at(_0, _1)", body.this, index);
  }
  if (!isNode(index) || !isNode(index.function)) return undefined;
  const position: unknown = Array.isArray(index.function.args) ? index.function.args[0] : undefined;
  switch (String(index.function.name).toUpperCase()) {
    case "OFFSET":
    case "SAFE_OFFSET":
      return parseExpression("list_extract(_0, _1 + 1)", body.this, position);
    case "ORDINAL":
    case "SAFE_ORDINAL":
      return parseExpression("list_extract(_0, _1)", body.this, position);
    default:
      return undefined;
  }
}

/** Over no rows, or over conditions that are all NULL, GoogleSQL's COUNTIF returns 0 and DuckDB's returns NULL. */
function rewriteCountIf(body: SqlNode): unknown {
  return body.distinct ? undefined : parseExpression("COUNT(IF(_0, 1, NULL))", body.this);
}

/** DuckDB's aggregates have no LIMIT, so the list is cut after the aggregation. */
function rewriteArrayAgg(body: SqlNode): unknown {
  const sorted = { ...filterNulls(body), order_by: orderNulls(body.order_by), limit: null };
  if (!body.limit) return { array_agg: sorted };
  return (
    aggregateFirst(body, sorted) ??
    parseExpression("gsql_first_items(_0, _1)", { array_agg: sorted }, body.limit)
  );
}

/** Polyglot orders NULLs first, whatever is asked for, if an aggregate ignores them. */
function filterNulls(body: SqlNode): SqlNode {
  if (!body.ignore_nulls || body.filter) return body;
  return { ...body, ignore_nulls: null, filter: parseExpression("_0 IS NOT NULL", body.this) };
}

/**
 * The list of only the first value. DuckDB finds it without sorting the rows of each group, which takes thirty times as long.
 *
 * @returns undefined if more than one value is asked for, or any
 */
function aggregateFirst(
  { limit, distinct, filter, ignore_nulls }: SqlNode,
  { this: value, order_by }: SqlNode,
): unknown {
  const isOne = isNode(limit) && isNode(limit.literal) && limit.literal.value === "1";
  const isSorted = Array.isArray(order_by) && order_by.length > 0;
  if (!isOne || !isSorted || distinct || filter) return undefined;
  const isKept = ignore_nulls ? parseExpression("_0 IS NOT NULL", value) : null;
  const first = { first: { this: value, distinct: false, filter: isKept, order_by, name: "FIRST" } };
  return parseExpression("IF(COUNT(_0) = 0, NULL, [_1])", ignore_nulls ? value : parseExpression("1"), first);
}

function rewriteStringAgg(body: SqlNode): unknown {
  const order_by = orderNulls(body.order_by);
  if (!body.limit) return { string_agg: { ...body, order_by } };
  const list = parseExpression("ARRAY_AGG(_0 IGNORE NULLS)", body.this);
  if (!isNode(list) || !isNode(list.array_agg)) return undefined;
  const sorted = {
    array_agg: { ...filterNulls(list.array_agg), order_by, distinct: body.distinct ?? false },
  };
  const separator = body.separator ?? parseExpression("','");
  return parseExpression("ARRAY_TO_STRING(gsql_first_items(_0, _1), _2)", sorted, body.limit, separator);
}

/**
 * NULL is GoogleSQL's smallest value, and the last one of an aggregate of DuckDB in either direction.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#order_by_clause
 */
function orderNulls(order_by: unknown): unknown[] {
  if (!Array.isArray(order_by)) return [];
  return order_by.map((item) => ({ ...item, nulls_first: item.nulls_first ?? !item.desc }));
}

/** In `UNNEST(list) AS x WITH OFFSET AS y`, y counts from 0. */
function rewriteUnnest(body: SqlNode): unknown {
  if (!body.with_ordinality) return undefined;
  const item = readIdentifier(body.alias) ?? "item";
  const offset = readIdentifier(body.offset_alias) ?? "offset";
  return parseFromItem(
    `(SELECT unnest(_0) AS \`${item}\`, unnest(range(gsql_array_length(_0))) AS \`${offset}\`) AS \`_${item}\``,
    body.this,
  );
}
