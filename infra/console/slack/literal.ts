/**
 * slack-blocks-to-jsx decodes `&lt;` before it parses mentions, and parses plain text as mrkdwn: it would render escaped text as a
 * mention. Literal characters are therefore replaced by characters of Unicode's private use area, and restored in the page.
 */
const specialCharacters = ["<", ">", "&", "*", "_", "~", "`"] as const;
const FIRST = 0xe000;

const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
const encodeCharacter = (character: string) =>
  String.fromCharCode(FIRST + specialCharacters.indexOf(character as "<"));
const restoredCharacters = new Map(
  specialCharacters.map((character) => [encodeCharacter(character), entities[character] ?? character]),
);

/** Protects the escaped characters of mrkdwn. */
export function protectMrkdwn(text: string): string {
  return text.replaceAll(/&(lt|gt|amp);/g, (_, name) =>
    encodeCharacter(name === "lt" ? "<" : name === "gt" ? ">" : "&"),
  );
}

/** Protects every special character of plain text. */
export function protectPlain(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp);|[<>&*_~`]/g, (found) => {
    return found.length > 1 ? protectMrkdwn(found) : encodeCharacter(found);
  });
}

/** Restores the protected characters of a page. In addresses they are percent-encoded. @param html escaped */
export function restoreLiterals(html: string): string {
  return (
    html
      .replaceAll(/[\uE000-\uE006]/g, (found) => restoredCharacters.get(found) ?? found)
      .replaceAll(
        /%EE%80%8([0-6])/g,
        (_, index) => restoredCharacters.get(String.fromCharCode(FIRST + Number(index))) ?? "",
      )
      // The library gives every message the same id.
      .replaceAll(' id="slack_blocks_to_jsx"', "")
  );
}
