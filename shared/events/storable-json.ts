/**
 * An escape in JSON text: a pair of surrogates; NUL or a surrogate without its partner; any other escape. The last alternative consumes an
 * escaped backslash, so that the text `\\u0000` is not read as an escape of NUL. https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u(?:0000|[dD][89a-fA-F][\da-fA-F]{2})|[\s\S])/g;
/** Characters of an escape of one UTF-16 unit: `\u0000`. */
const UNIT_LENGTH = 6;

/**
 * Replaces NUL and unpaired surrogates in the strings and keys of JSON text by U+FFFD: neither Postgres nor BigQuery stores them.
 * All other characters stay as they are, digits and white space included.
 *
 * @param json decoded from UTF-8, which cannot contain a surrogate, and valid JSON contains no NUL: only escapes can stand for them
 * @returns the same string if nothing has to be replaced
 */
export function toStorableJson(json: string): string {
  // Most senders escape no character, and the search for two characters takes about a microsecond.
  if (!json.includes("\\u")) return json;
  return json.replace(escapes, (token) => (token.length === UNIT_LENGTH ? "\\ufffd" : token));
}
