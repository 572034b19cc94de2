/** What a person is called, and what replaces it. */
export interface Replacement {
  /** Regular expression of RE2, which BigQuery and Postgres's `(?i)` both understand. Groups 1 and 3 are kept. */
  pattern: string;
  /** Replaces the match in BigQuery and Postgres. */
  text: string;
  /** Finds a column that has an identifier only. */
  whole: string;
  /** Replaces GitHub's number of the account. Negative, as no account's is. */
  number: number;
  /** Replace that number where it is beside the login, as in `"id":1,"login":"mira"`, before the login itself is replaced. */
  numbers: { pattern: string; text: string }[];
}

/** Before a name: the start, a character that is not part of a login, or an escape sequence of JSON, which ends with a letter or digit. */
const BEFORE = String.raw`(^|\\[bfnrt]|\\u[0-9a-f]{4}|[^0-9A-Za-z-])`;
const AFTER = "([^0-9A-Za-z-]|$)";

/**
 * Builds the regular expressions that find a person's identifiers. Case does not matter.
 *
 * @param identifiers login, e-mail addresses, Slack user id; the longest is replaced first
 * @param pseudonym `forgotten-` and eight hexadecimal digits
 * @param insideWords whether to replace an identifier inside of a longer word as well. Otherwise "mira" is not found in "mira-okafor", who
 *   may be somebody else
 */
export function buildReplacement(
  identifiers: string[],
  pseudonym: string,
  { insideWords = false } = {},
): Replacement {
  const names = toAlternatives(identifiers);
  const [before, after] = insideWords ? ["()", "()"] : [BEFORE, AFTER];
  const number = -Math.max(1, Number.parseInt(pseudonym.slice(-8), 16));
  const { idFirst, loginFirst } = accountPatterns(names);
  return {
    pattern: `(?i)${before}(${names})${after}`,
    text: `\\1${pseudonym}\\3`,
    whole: `(?i)^(${names})$`,
    number,
    numbers: [
      { pattern: `(?i)(${idFirst.before})[0-9]+(${idFirst.after})`, text: `\\1${number}\\2` },
      { pattern: `(?i)(${loginFirst.before})[0-9]+(${loginFirst.after})`, text: `\\1${number}\\2` },
    ],
  };
}

/** Regular expressions whose group is GitHub's number of an account with one of these names. */
export function buildNumberPatterns(identifiers: string[]): string[] {
  const { idFirst, loginFirst } = accountPatterns(toAlternatives(identifiers));
  return [idFirst, loginFirst].map(({ before, after }) => `(?i)${before}([0-9]+)${after}`);
}

/**
 * An account in JSON, by the text around its number: GitHub's payloads have the login and then the id. BigQuery may sort the keys by name, and
 * normalized events have the id and then the name.
 */
function accountPatterns(names: string) {
  return {
    idFirst: { before: String.raw`"id":\s*"?`, after: String.raw`"?,\s*"(?:login|name)":\s*"(?:${names})"` },
    loginFirst: { before: String.raw`"login":\s*"(?:${names})",\s*"id":\s*`, after: String.raw`\b` },
  };
}

/** As alternatives of a regular expression, the longest first. */
function toAlternatives(identifiers: string[]): string {
  return [...new Set(identifiers.map((identifier) => identifier.toLowerCase()))]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("|");
}

/**
 * Texts of GitHub that have an account's number in them: global node ids, the path of the avatar, the private e-mail address.
 *
 * https://docs.github.com/graphql/guides/migrating-graphql-global-node-ids
 */
export function accountTexts(ids: string[], names: string[]): string[] {
  return ids.flatMap((id) => [
    Buffer.from(`04:User${id}`).toString("base64"),
    `U_${Buffer.from([0x92, 0, ...toMessagePack(Number(id))]).toString("base64url")}`,
    `githubusercontent.com/u/${id}`,
    ...names.map((name) => `${id}+${name}@users.noreply.github.com`),
  ]);
}

/** An unsigned integer of at most 32 bits in MessagePack: https://github.com/msgpack/msgpack/blob/master/spec.md#int-format-family */
function toMessagePack(number: number): number[] {
  const bytes = (size: number) =>
    Array.from({ length: size }, (_, index) => (number >>> (8 * (size - 1 - index))) & 255);
  if (number < 128) return [number];
  if (number < 256) return [0xcc, ...bytes(1)];
  return number < 65_536 ? [0xcd, ...bytes(2)] : [0xce, ...bytes(4)];
}
