/** A piece of GoogleSQL text. The joined `text` of all tokens is the statement, unchanged. */
export interface Token {
  kind: "comment" | "string" | "quoted" | "word" | "space" | "symbol";
  text: string;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)`,
    String.raw`(?<string>(?:[rR][bB]?|[bB][rR]?)?(?:"""[\s\S]*?"""|'''[\s\S]*?'''` +
      String.raw`|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*'))`,
    "(?<quoted>`[^`]*`)",
    String.raw`(?<word>@{0,2}[\p{L}\p{N}_]+)`,
    String.raw`(?<space>\s+)`,
    String.raw`(?<symbol>[\s\S])`,
  ].join("|"),
  "gu",
);

const KINDS = ["comment", "string", "quoted", "word", "space", "symbol"] as const;

/**
 * Splits GoogleSQL into tokens, so that no caller mistakes text inside strings, quoted names and comments for SQL.
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
 */
export function lexGoogleSql(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined) ?? "symbol";
    tokens.push({ kind, text: match[0] });
  }
  return tokens;
}
