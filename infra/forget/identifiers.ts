/** What a person is called, and what replaces it. */
export interface Replacement {
  /** Regular expression of RE2, which BigQuery and Postgres's `(?i)` both understand. Groups 1 and 3 are kept. */
  pattern: string;
  /** Replaces the match in BigQuery and Postgres. */
  text: string;
}

/** Before a name: the start, a character that is not part of a login, or an escape sequence of JSON, which ends with a letter or digit. */
const BEFORE = String.raw`(^|\\[bfnrt]|\\u[0-9a-f]{4}|[^0-9A-Za-z-])`;
const AFTER = "([^0-9A-Za-z-]|$)";

/**
 * Builds the regular expression that finds a person's identifiers. Case does not matter.
 *
 * @param identifiers login, e-mail addresses, Slack user id; the longest is replaced first
 * @param insideWords whether to replace an identifier inside of a longer word as well. Otherwise "mira" is not found in "mira-okafor", who
 *   may be somebody else
 */
export function buildReplacement(
  identifiers: string[],
  pseudonym: string,
  { insideWords = false } = {},
): Replacement {
  const names = [...new Set(identifiers.map((identifier) => identifier.toLowerCase()))]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const [before, after] = insideWords ? ["()", "()"] : [BEFORE, AFTER];
  return { pattern: `(?i)${before}(${names.join("|")})${after}`, text: `\\1${pseudonym}\\3` };
}
