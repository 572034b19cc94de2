import { describe, expect, it } from "vitest";
import type { CommitDetails } from "../github/commits.ts";
import { commitBlocks, commitLink } from "./commit-blocks.ts";

const url = "https://github.com/getsentry/sentry/commit/6d225cb63aab";
const author = { login: "mira-okafor", name: "Mira Okafor", email: null, avatarUrl: null };
const commit: CommitDetails = {
  repository: "getsentry/sentry",
  sha: "6d225cb63aab",
  title: "fix: It",
  body: "",
  url,
  author,
};

function render(changes: Partial<CommitDetails>) {
  const [section, context] = commitBlocks({ ...commit, ...changes }) as unknown as [
    { text: { text: string } },
    { elements: object[] },
  ];
  return { text: section.text.text, author: context.elements };
}
const text = (words: string) => ({ type: "mrkdwn", text: words, verbatim: true });

describe("commitBlocks", () => {
  it.each<[string, Partial<CommitDetails>, string]>([
    ["the linked title of a commit without a body", {}, `*<${url}|fix: It>*`],
    ["the body below the title", { body: "a\n\nb" }, `*<${url}|fix: It>*\na\n\nb`],
    ["the short sha of a commit without a title", { title: "" }, `*<${url}|6d225cb>*`],
    [
      "which commit it reverts",
      { title: 'Revert "fix: It"', body: "This reverts commit 0123456789ab." },
      `*<${url}|Revert "fix: It">*\nReverts <https://github.com/getsentry/sentry/commit/0123456789ab|\`0123456\`>\nThis reverts commit 0123456789ab.`,
    ],
    [
      "which pull request it reverts",
      { title: 'Revert "fix: It" (#8)', body: "Reverts getsentry/sentry#7" },
      `*<${url}|Revert "fix: It" (#8)>*\nReverts <https://github.com/getsentry/sentry/pull/7|#7>\nReverts getsentry/sentry#7`,
    ],
    ["title and body escaped", { title: "a < b", body: "<!here>" }, `*<${url}|a &lt; b>*\n&lt;!here&gt;`],
  ])("shows %s", (_, changes, expected) => {
    expect(render(changes).text).toBe(expected);
  });

  it.each<[string, Partial<CommitDetails["author"]>, object[]]>([
    ["by login", {}, [text("<https://github.com/mira-okafor|mira-okafor>")]],
    [
      "with avatar",
      { avatarUrl: "https://a.b/c" },
      [
        { type: "image", image_url: "https://a.b/c", alt_text: "mira-okafor" },
        text("<https://github.com/mira-okafor|mira-okafor>"),
      ],
    ],
    [
      "with avatar and a name that would be cut inside of an emoji",
      { login: null, name: `${"x".repeat(99)}\u{1F600}`, avatarUrl: "https://a.b/c" },
      [{ type: "image", image_url: "https://a.b/c", alt_text: "x".repeat(99) }, text(`${"x".repeat(99)}…`)],
    ],
    ["by name without an account", { login: null, name: "<Mira>" }, [text("&lt;Mira&gt;")]],
    ["as unknown without a name", { login: null, name: "" }, [text("unknown author")]],
  ])("shows the author %s", (_, changes, expected) => {
    expect(render({ author: { ...author, ...changes } }).author).toEqual(expected);
  });

  it("commitLink links the first characters of the sha", () => {
    expect(commitLink("getsentry/sentry", "6d225cb63aab")).toBe(`<${url}|\`6d225cb\`>`);
  });
});
