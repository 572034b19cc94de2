import { expect, it } from "vitest";
import { typescriptMessage } from "./typescript-message.ts";

const tree = (typescript: number, javascript: number, path = "static/app") => ({
  repository: "getsentry/sentry",
  path,
  conversion: { typescript, javascript },
});

it.each([
  [[tree(3, 1)], "75 % (3 of 4 files, 1 to go)", "75 % (3 of 4 files, 1 to go)"],
  [[tree(9999, 1)], "99.9 % (9,999 of 10,000 files, 1 to go)", "99.9 % (9,999 of 10,000 files, 1 to go)"],
  [[tree(2, 0)], "100 % (2 of 2 files, 0 to go)", "100 % (2 of 2 files, 0 to go)"],
  [[tree(0, 0)], "no files", "no files"],
  [[{ ...tree(0, 0), conversion: null }], "no files", "GitHub shows me no such folder"],
])("%j", (trees, total, line) => {
  const { text } = typescriptMessage(trees);
  expect(text).toBe(`*TypeScript:* ${total}\n• \`getsentry/sentry\` \`static/app\`: ${line}`);
});

it("adds the trees up", () => {
  const { text } = typescriptMessage([tree(1, 1), tree(1, 5, "static/other")]);
  expect(text).toContain("*TypeScript:* 25 % (2 of 8 files, 6 to go)\n");
});
