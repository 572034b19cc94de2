/** Begins the text that stands for an integer between parsing and writing: a private-use character, which no sender's text has. */
const MARK = "\u{10F7C1}int64:";
const marked = new RegExp(`"${MARK}(-?[1-9]\\d{15,19})"`, "gu");
/** A string, or an integer of at least 16 digits: 2^53 has 16. */
const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|-?\b[1-9]\d{15,19}(?![\d.eE])/g;
const hasLongInteger = /[[:,\s]-?[1-9]\d{15}/;
/** BigQuery stores an integer of a JSON column as INT64 or UINT64: https://cloud.google.com/bigquery/docs/json-data */
const MIN = -(2n ** 63n);
const MAX = 2n ** 64n - 1n;

/**
 * Parses JSON as `JSON.parse`, except for integers between 2^53 and 2^64, or down to -2^63: a number would lose their last digits. They
 * become marked text, which `stringifyLossless` writes as the same digits.
 *
 * @throws {SyntaxError}
 */
export function parseLossless(text: string): unknown {
  return JSON.parse(hasLongInteger.test(text) ? text.replace(stringOrLongInteger, markUnsafe) : text);
}

/** Writes a value of `parseLossless`, or one that contains such a value, as JSON. */
export function stringifyLossless(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(MARK) ? text.replace(marked, "$1") : text;
}

/** The digits of an integer that `parseLossless` marked. @returns null for anything else */
export function readDigits(value: string): string | null {
  const digits = value.startsWith(MARK) ? value.slice(MARK.length) : "";
  return /^-?[1-9]\d{15,19}$/.test(digits) ? digits : null;
}

function markUnsafe(token: string): string {
  if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
  const integer = BigInt(token);
  return integer < MIN || integer > MAX ? token : `"${MARK}${token}"`;
}
