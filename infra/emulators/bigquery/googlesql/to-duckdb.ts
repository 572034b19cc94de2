import { Dialect, generate, parse, transpile } from "@polyglot-sql/sdk";
import { NUMERIC_TYPE, TIMESTAMP_TYPE } from "../storage/column-type.ts";
import { lexGoogleSql, type Token } from "./lex.ts";
import { GOOGLE_SQL_MACROS } from "./macros.ts";
import { EXPRESSION_REWRITES } from "./rewrite-expression.ts";
import {
  findLocalNames,
  isTableRef,
  type NameScope,
  qualifyWithStorage,
  resolveTableName,
  rewriteInformationSchema,
  rewriteListOfRow,
  type TableName,
} from "./rewrite-table-name.ts";
import { joinMerge, selectAmbiguous, selectParts, splitMerge } from "./split-merge.ts";
import { isNode, mapTree, parseExpression, readIdentifier, type SqlNode, visitTree } from "./syntax-tree.ts";
import { TranslationCache } from "./translation-cache.ts";

/** One GoogleSQL statement, ready to run on DuckDB. */
export interface DuckDbStatement {
  /** DuckDB SQL. It calls the macros of macros.ts. */
  sql: string;
  /** BigQuery's statement type: SELECT, INSERT, UPDATE, DELETE, MERGE, CREATE_TABLE, CREATE_VIEW, DROP_TABLE, … */
  type: string;
  /** The table or view that a DDL or DML statement changes. */
  target: TableName | undefined;
  /** Every table that the statement names. */
  tables: TableName[];
  /** Query that has a row if a MERGE must fail, because several rows of its source match a row of its target. */
  ambiguousSql: string | undefined;
  /** GoogleSQL of the query of a CREATE VIEW. */
  viewQuery: string | undefined;
}

export interface GoogleSqlOptions {
  /** Dataset of table names without a dataset. */
  defaultDataset?: string | undefined;
  /** Syntax trees of the query parameters by lower-case name. Positional parameters have the names `0`, `1`, … */
  parameters?: ReadonlyMap<string, unknown>;
}

/** A statement that does not parse as GoogleSQL, or that polyglot cannot translate. */
export class GoogleSqlError extends Error {
  override name = "GoogleSqlError";
}

const cache = new TranslationCache<DuckDbStatement>();

/**
 * Translates one or more GoogleSQL statements to DuckDB, in three steps:
 * `renameCalls` gives the functions that have a macro the macro's name, `rewriteNode` changes the syntax tree where polyglot
 * does not know a difference between the two languages, and polyglot translates the rest.
 * @throws {GoogleSqlError} when the text does not parse or a parameter is missing
 */
export function toDuckDb(sql: string, options: GoogleSqlOptions = {}): DuckDbStatement[] {
  const parameters = options.parameters?.size ? JSON.stringify([...options.parameters]) : "";
  const scope = [options.defaultDataset ?? "", parameters].filter(Boolean).join("\n");
  return cache.translate(sql, scope, (masked) => translateStatements(masked, options));
}

function translateStatements(sql: string, options: GoogleSqlOptions): DuckDbStatement[] {
  const parsed = parse(renameCalls(lexGoogleSql(sql)), Dialect.BigQuery);
  if (!parsed.success || !Array.isArray(parsed.ast)) {
    throw new GoogleSqlError(`Syntax error: ${parsed.error ?? "cannot parse the statement"}`);
  }
  return parsed.ast.map((tree) => translate(tree, options));
}

function translate(tree: unknown, options: GoogleSqlOptions): DuckDbStatement {
  const scope: NameScope = { defaultDataset: options.defaultDataset, localNames: findLocalNames(tree) };
  const [kind, body] = Object.entries(isNode(tree) ? tree : {})[0] ?? ["", undefined];
  const query = kind === "create_view" && isNode(body) ? body.query : undefined;
  const rewritten = mapTree(tree, (node) => rewriteNode(node, scope, options));
  const { text, ambiguous } =
    kind === "merge" ? transpileMerge(rewritten) : { text: transpileTree(rewritten), ambiguous: undefined };
  return {
    sql: completeTypeNames(text),
    ambiguousSql: ambiguous === undefined ? undefined : completeTypeNames(ambiguous),
    type: QUERY_KINDS.has(kind) ? "SELECT" : kind.toUpperCase(),
    target: QUERY_KINDS.has(kind) ? undefined : findTarget(body, scope),
    tables: findTables(tree, scope),
    viewQuery: query ? print(query).replaceAll(/\bgsql_(?=\w+\()/gi, "") : undefined,
  };
}

function transpileTree(tree: unknown): string {
  const translated = transpile(print(tree), Dialect.BigQuery, Dialect.DuckDB);
  const text = translated.success ? translated.sql?.[0] : undefined;
  if (text === undefined) throw new GoogleSqlError(translated.error ?? "cannot translate the statement");
  return text;
}

function transpileMerge(tree: unknown): { text: string; ambiguous: string | undefined } {
  const merge = splitMerge(isNode(tree) && isNode(tree.merge) ? tree.merge : {});
  const skeleton = transpileTree(merge.skeleton);
  const source = merge.source === undefined ? undefined : transpileTree(merge.source);
  const parts = merge.expressions.length > 0 ? transpileTree(selectParts(merge.expressions)) : undefined;
  const ambiguous = selectAmbiguous(skeleton);
  return {
    text: joinMerge(skeleton, source, parts),
    ambiguous: ambiguous === undefined ? undefined : joinMerge(ambiguous, source, parts),
  };
}

function completeTypeNames(sql: string): string {
  return sql.replaceAll(TIMESTAMP_TYPE, "TIMESTAMPTZ").replaceAll(NUMERIC_TYPE, "DECIMAL(38, 9)");
}

const QUERY_KINDS = new Set(["select", "union", "intersect", "except", "subquery", "with", "values"]);

function rewriteNode(node: SqlNode, scope: NameScope, options: GoogleSqlOptions): unknown {
  if (isTableRef(node)) return rewriteInformationSchema(node) ? node : qualifyWithStorage(node, scope);
  const entries = Object.entries(node);
  const [kind, body] = entries[0] ?? [];
  if (typeof node.data_type === "string") return completeType(node);
  if ("nesting_group" in node) return completeJoin(node);
  if (kind === undefined || entries.length !== 1 || !isNode(body)) return node;
  if (kind === "table" && isTableRef(body))
    return rewriteInformationSchema(body) ?? rewriteListOfRow(body, scope) ?? node;
  if (kind === "column") return rewriteParameter(body, options) ?? node;
  return EXPRESSION_REWRITES[kind]?.(body) ?? node;
}

/**
 * TIMESTAMP is an instant and NUMERIC is DECIMAL(38, 9), unlike DuckDB's types of these names. Polyglot translates every type
 * name that it knows, so the two types pass through it under names that it does not know.
 */
function completeType(node: SqlNode): SqlNode {
  if (node.data_type === "timestamp") return { data_type: "custom", name: TIMESTAMP_TYPE };
  if (node.data_type === "decimal" && !node.precision) return { data_type: "custom", name: NUMERIC_TYPE };
  return node;
}

/** GoogleSQL's `LEFT JOIN UNNEST(…)` needs no condition; DuckDB's needs one. */
function completeJoin(join: SqlNode): SqlNode {
  const hasCondition = join.on || (Array.isArray(join.using) && join.using.length > 0);
  return join.kind === "Left" && !hasCondition ? { ...join, on: { boolean: { value: true } } } : join;
}

/** Replaces `@name`, or its field `@name.field`, by the parameter's value. */
function rewriteParameter(column: SqlNode, options: GoogleSqlOptions): unknown {
  const owner = readIdentifier(column.table);
  const field = readIdentifier(column.name) ?? "";
  if (owner?.startsWith("@")) {
    return parseExpression(`(_0).\`${field.replaceAll("`", "")}\``, findParameter(owner, options));
  }
  return field.startsWith("@") && !field.startsWith("@@") ? findParameter(field, options) : undefined;
}

function findParameter(name: string, options: GoogleSqlOptions): unknown {
  const value = options.parameters?.get(name.slice(1).toLowerCase());
  if (value === undefined) throw new GoogleSqlError(`Query parameter '${name.slice(1)}' not found`);
  return value;
}

function findTarget(body: unknown, scope: NameScope): TableName | undefined {
  let target: TableName | undefined;
  visitTree(body, (node) => {
    if (isTableRef(node)) target ??= resolveTableName(node, scope);
  });
  return target;
}

function findTables(tree: unknown, scope: NameScope): TableName[] {
  const tables: TableName[] = [];
  visitTree(tree, (node) => {
    const name =
      isTableRef(node) && !rewriteInformationSchema(node) ? resolveTableName(node, scope) : undefined;
    if (name) tables.push(name);
  });
  return tables;
}

function print(tree: unknown): string {
  const printed = generate([tree], Dialect.BigQuery);
  const text = printed.success ? printed.sql?.[0] : undefined;
  if (text === undefined) throw new GoogleSqlError(printed.error ?? "cannot print the statement");
  return text;
}

/**
 * Renames what the parser must not interpret: positional parameters become `@0`, `@1`, …, and calls of functions that have a
 * macro get the prefix `gsql_`. Drops the OPTIONS of CREATE and ALTER, which polyglot cannot parse.
 */
function renameCalls(tokens: Token[]): string {
  const significant = tokens.filter(({ kind }) => kind !== "space" && kind !== "comment");
  const positions = new Map(significant.map((token, index) => [token, index]));
  const verb = significant[0]?.text.toLowerCase() ?? "";
  let parameters = 0;
  let text = "";
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    const position = positions.get(token) ?? 0;
    const [before, after] = [significant[position - 1], significant[position + 1]];
    if (token.kind === "symbol" && token.text === "?") text += `@${parameters++}`;
    else if (isOptions(token, after, verb)) index = findClosingBracket(tokens, index);
    else text += renameToken(token, before, after, verb);
  }
  return text;
}

function isOptions({ text }: Token, after: Token | undefined, verb: string): boolean {
  return text.toUpperCase() === "OPTIONS" && after?.text === "(" && (verb === "create" || verb === "alter");
}

function renameToken(token: Token, before: Token | undefined, after: Token | undefined, verb: string) {
  const { kind, text } = token;
  const isMacro = kind === "word" && after?.text === "(" && text.toUpperCase() in GOOGLE_SQL_MACROS;
  if (isMacro) return `gsql_${text}`;
  if (verb === "merge" && isKeywordColumn(token, before, after)) return `\`${text}\``;
  return kind === "comment" ? " " : text;
}

/** Polyglot takes these words for keywords where a MERGE lists columns. GoogleSQL reserves none of them. */
const KEYWORD_COLUMNS = new Set(["commit", "date", "datetime", "time", "timestamp", "type"]);

function isKeywordColumn(token: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (token.kind !== "word" || !KEYWORD_COLUMNS.has(token.text.toLowerCase())) return false;
  return /^(set|[,(])$/i.test(before?.text ?? "") && /^[=,)]$/.test(after?.text ?? "");
}

function findClosingBracket(tokens: Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { kind, text } = tokens[index] ?? {};
    if (kind !== "symbol") continue;
    if (text === "(") depth++;
    if (text === ")" && --depth === 0) return index;
  }
  return tokens.length;
}
