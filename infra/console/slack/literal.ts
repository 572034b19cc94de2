/**
 * slack-blocks-to-jsx resolves `&lt;` before it looks for mentions, and reads plain text as mrkdwn: what was escaped so that it pings
 * nobody would be drawn as a mention. Characters that are to be read as themselves go through it as others, of Unicode's private use
 * area, and become themselves again in the page.
 */
const specialCharacters = ["<", ">", "&", "*", "_", "~", "`"] as const;
const FIRST = 0xe000;

const entities: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
const encodeCharacter = (character: string) =>
  String.fromCharCode(FIRST + specialCharacters.indexOf(character as "<"));
const restoredCharacters = new Map(
  specialCharacters.map((character) => [encodeCharacter(character), entities[character] ?? character]),
);

/** mrkdwn in which what is escaped cannot be taken for markup. */
export function protectMrkdwn(text: string): string {
  return text.replaceAll(/&(lt|gt|amp);/g, (_, name) =>
    encodeCharacter(name === "lt" ? "<" : name === "gt" ? ">" : "&"),
  );
}

/** Plain text in which nothing can be taken for markup. */
export function protectPlain(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp);|[<>&*_~`]/g, (found) => {
    return found.length > 1 ? protectMrkdwn(found) : encodeCharacter(found);
  });
}

/** Turns a page's characters back; in addresses they are percent-encoded by then. @param html rendered, with everything in it escaped */
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
