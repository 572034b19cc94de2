import { lexGoogleSql, type Token } from "./lex.ts";

interface Place {
  token: Token;
  line: number;
  column: number;
}

/**
 * Says in BigQuery's words what polyglot or DuckDB found wrong with a statement, with the place in the statement that was sent:
 * `Unrecognized name: sourc; Did you mean source? at [1:8]`. DuckDB's own text quotes the translation, which nobody wrote.
 *
 * The wordings are those of GoogleSQL's analyzer, https://github.com/google/googlesql/tree/master/googlesql/analyzer/testdata
 */
export function describeQueryError(sql: string, message: string): string {
  const places = locate(sql);
  const syntax = describeSyntaxError(sql, message, places);
  if (syntax !== undefined) return syntax;
  for (const [pattern, describe] of DESCRIPTIONS) {
    const match = pattern.exec(message);
    if (match) return describe(match.slice(1).map(String), places);
  }
  return withoutTranslation(message);
}

/** Drops DuckDB's excerpt of the translated statement, and its list of every signature. */
function withoutTranslation(message: string): string {
  return message.split(/\n(?:LINE \d+:|\s*\^|\s*Candidate )/)[0]?.trim() ?? message;
}

type Describe = (groups: string[], places: Place[]) => string;

const DESCRIPTIONS: [RegExp, Describe][] = [
  [
    /Referenced column "([^"]+)" not found in FROM clause!(?:\s*Candidate bindings: :? ?"([^"]+)")?/,
    ([name = "", candidate = ""], places) =>
      `Unrecognized name: ${name}${suggest(name, candidate)}${at(findName(places, name))}`,
  ],
  [
    /Table "([^"]+)" does not have a column named "([^"]+)"(?:\s*Candidate bindings: :? ?"([^"]+)")?/,
    ([table = "", name = ""], places) =>
      `Name ${name} not found inside ${table}${at(findName(places, name, ".") ?? findName(places, name))}`,
  ],
  [
    /Referenced table "([^"]+)" not found!/,
    ([name = ""], places) => `Unrecognized name: ${name}${at(findName(places, name))}`,
  ],
  [
    /(?:Scalar|Aggregate|Table|Macro)? ?Function with name "?(?:gsql_)?(\w+)"? does not exist!/i,
    ([name = ""], places) => {
      const place = findName(places, name);
      return `Function not found: ${place?.token.text ?? name}${at(place)}`;
    },
  ],
  [
    /column "?([^"\s]+)"? must appear in the GROUP BY clause/,
    ([column = ""], places) => {
      const name = column.split(".").at(-1) ?? column;
      return `SELECT list expression references column ${name} which is neither grouped nor aggregated${at(findName(places, name))}`;
    },
  ],
  [
    /No function matches the given name and argument types '([^(]+)\(([^)]*(?:\([^)]*\)[^)]*)*)\)'/,
    ([called = "", types = ""], places) => {
      const name = called.replace(/^gsql_/i, "");
      const isWord = /^\w+$/.test(name);
      const place = isWord ? findName(places, name) : places.find(({ token }) => token.text === name[0]);
      const kind = isWord ? `function ${name.toUpperCase()}` : `operator ${name}`;
      return `No matching signature for ${kind} for argument types: ${toGoogleSqlTypes(types)}${at(place)}`;
    },
  ],
  [
    /Column "([^"]+)" does not exist on (left|right) side of join/,
    ([name = "", side = ""], places) =>
      `Column ${name} in USING clause not found on ${side} side of join${at(findName(places, name))}`,
  ],
  [
    /(GROUP|ORDER) BY term out of range - should be between 1 and (\d+)/,
    ([clause = "", count = ""]) =>
      `${clause} BY is out of SELECT column number range: there are ${count} columns`,
  ],
  [/Could not convert string '(division by zero: .*?)' to/s, ([message = ""]) => message],
  [
    /Could not convert string '(.*)' to (INT64|INT32|DOUBLE|BOOL)/s,
    ([value = "", type = ""]) =>
      `Bad ${({ DOUBLE: "double", BOOL: "bool" } as Record<string, string>)[type] ?? "int64"} value: ${value}`,
  ],
  [
    /(timestamp|date|time) field value out of range: "([^"]*)"/,
    ([type = "", value = ""]) => `Invalid ${type}: '${value}'`,
  ],
  [
    /invalid (timestamp|date|time) field format: "([^"]*)"/,
    ([type = "", value = ""]) => `Invalid ${type}: '${value}'`,
  ],
];

const STATEMENTS =
  /^(select|with|from|insert|update|delete|merge|truncate|create|drop|alter|declare|set|begin|call|if|loop|while|export|load|grant|revoke|assert|explain|execute|values|commit|rollback|for|repeat|return|raise)$/i;

/** A statement that polyglot cannot parse, or that it leaves to DuckDB's parser. */
function describeSyntaxError(sql: string, message: string, places: Place[]): string | undefined {
  const isSyntaxError = /^(Syntax error: |Failed to extract statements: Parser Error|Parser Error)/.test(
    message,
  );
  if (!isSyntaxError) return undefined;
  const first = places[0];
  if (first?.token.kind === "word" && !STATEMENTS.test(first.token.text))
    return `Syntax error: Unexpected identifier ${JSON.stringify(first.token.text)}${at(first)}`;
  const unclosed = findUnclosedString(sql);
  if (unclosed) return `Syntax error: Unclosed string literal${at(unclosed)}`;
  const named = /at line (\d+), column (\d+): (.*)/s.exec(message);
  const near = /at or near "([^"]+)"/.exec(message)?.[1];
  const offender = named
    ? findPlaceBefore(places, Number(named[1]), Number(named[2]))
    : near !== undefined
      ? findName(places, near)
      : undefined;
  const isLast = offender !== undefined && offender === places.at(-1);
  if (/end of input|Unexpected token/i.test(message) && isLast) {
    const expected = /Expected RParen/.test(message)
      ? 'Expected ")" but got end of script'
      : "Unexpected end of script";
    return `Syntax error: ${expected} at ${bracket(endOf(sql))}`;
  }
  if (isLast && /Expected table name/.test(message))
    return `Syntax error: Unexpected end of script at ${bracket(endOf(sql))}`;
  if (/SELECT clause without selection list/.test(message)) {
    const from = findName(places, "FROM");
    return `Syntax error: SELECT list must not be empty${at(from)}`;
  }
  if (offender) return `Syntax error: Unexpected ${describeToken(offender.token)}${at(offender)}`;
  return withoutTranslation(message);
}

function describeToken({ kind, text }: Token): string {
  if (kind === "string") return `string literal ${text}`;
  if (kind === "symbol") return JSON.stringify(text);
  if (/^\d/.test(text)) return `integer literal ${JSON.stringify(text)}`;
  return /^[A-Z]+$/.test(text) ? `keyword ${text}` : `identifier ${JSON.stringify(text)}`;
}

const GOOGLE_SQL_TYPES: Record<string, string> = {
  BIGINT: "INT64",
  INTEGER: "INT64",
  INTEGER_LITERAL: "INT64",
  HUGEINT: "INT64",
  DOUBLE: "FLOAT64",
  VARCHAR: "STRING",
  STRING_LITERAL: "STRING",
  BOOLEAN: "BOOL",
  BLOB: "BYTES",
  "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
  TIMESTAMP: "DATETIME",
};

function toGoogleSqlTypes(types: string): string {
  return types
    .split(", ")
    .map((type) => GOOGLE_SQL_TYPES[type] ?? type)
    .join(", ");
}

/** DuckDB proposes any column; BigQuery only one that is nearly the same. */
function suggest(name: string, candidate: string): string {
  const own = candidate.split(".").at(-1) ?? "";
  const isNear =
    own !== "" && editDistance(name.toLowerCase(), own.toLowerCase()) <= Math.ceil(name.length / 5);
  return isNear ? `; Did you mean ${own}?` : "";
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Every token but spaces and comments, with its place: lines and columns count from 1. */
function locate(sql: string): Place[] {
  let line = 1;
  let column = 1;
  const places: Place[] = [];
  for (const token of lexGoogleSql(sql)) {
    if (token.kind !== "space" && token.kind !== "comment") places.push({ token, line, column });
    const lines = token.text.split("\n");
    line += lines.length - 1;
    column = lines.length > 1 ? (lines.at(-1) ?? "").length + 1 : column + token.text.length;
  }
  return places;
}

function findName(places: Place[], name: string, after?: string): Place | undefined {
  return places.find(
    ({ token }, index) =>
      token.text.replaceAll("`", "").toLowerCase() === name.toLowerCase() &&
      (after === undefined || places[index - 1]?.token.text === after),
  );
}

/** The last token that begins before a place: polyglot names the place behind the token. */
function findPlaceBefore(places: Place[], line: number, column: number): Place | undefined {
  return places.findLast((place) => place.line < line || (place.line === line && place.column < column));
}

function findUnclosedString(sql: string): Place | undefined {
  return locate(sql).find(({ token }) => token.kind === "symbol" && /["'`]/.test(token.text));
}

function endOf(sql: string): Pick<Place, "line" | "column"> {
  const lines = sql.trimEnd().split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function bracket({ line, column }: Pick<Place, "line" | "column">): string {
  return `[${line}:${column}]`;
}

function at(place: Place | undefined): string {
  return place ? ` at ${bracket(place)}` : "";
}
