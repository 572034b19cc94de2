import { describe, expect, it } from "vitest";
import { conversionMessage, countConversion } from "./count-typescript.ts";

const ignored = ["__mocks__", "stories", "views/events/__fixtures__"];

describe("countConversion", () => {
  it.each([
    ["index.tsx", 1, 0],
    ["utils/dates.ts", 1, 0],
    ["utils/dates.spec.tsx", 1, 0],
    ["index.jsx", 0, 1],
    ["utils/marked.js", 0, 1],
    ["utils/.js", 0, 1],
    ["types/global.d.ts", 0, 0],
    ["d.ts", 1, 0],
    ["styles/base.less", 0, 0],
    ["data.json", 0, 0],
    ["script.mjs", 0, 0],
    ["__mocks__/api.js", 0, 0],
    ["utils/__mocks__/api.js", 0, 0],
    ["utils/__mocks__.js", 0, 1],
    ["components/my__mocks__/api.js", 0, 1],
    ["stories/button.js", 0, 0],
    ["views/events/__fixtures__/spans.js", 0, 0],
    ["views/events/__fixtures__.js", 0, 1],
    ["views/other/__fixtures__/spans.js", 0, 1],
    ["deep/views/events/__fixtures__/spans.js", 0, 1],
  ])("counts %s as %i TypeScript and %i JavaScript files", (path, typescript, javascript) => {
    expect(countConversion([path], ignored)).toEqual({ typescript, javascript });
  });

  it("counts nothing in an empty tree", () => {
    expect(countConversion([], ignored)).toEqual({ typescript: 0, javascript: 0 });
  });
});

const tree = (typescript: number, javascript: number, path = "static/app") => ({
  repository: "getsentry/sentry",
  path,
  conversion: { typescript, javascript },
});

describe("conversionMessage", () => {
  it.each([
    [[tree(3, 1)], "75 % (3 of 4 files, 1 to go)", "75 % (3 of 4 files, 1 to go)"],
    [[tree(9999, 1)], "99.9 % (9,999 of 10,000 files, 1 to go)", "99.9 % (9,999 of 10,000 files, 1 to go)"],
    [[tree(2, 0)], "100 % (2 of 2 files, 0 to go)", "100 % (2 of 2 files, 0 to go)"],
    [[tree(0, 0)], "no files", "no files"],
    [[{ ...tree(0, 0), conversion: null }], "no files", "GitHub shows me no such folder"],
  ])("shows %j as %s", (trees, total, line) => {
    const { text } = conversionMessage(trees);
    expect(text).toBe(`*TypeScript:* ${total}\n• \`getsentry/sentry\` \`static/app\`: ${line}`);
  });

  it("adds up the trees", () => {
    const { text } = conversionMessage([tree(1, 1), tree(1, 5, "static/other")]);
    expect(text).toContain("*TypeScript:* 25 % (2 of 8 files, 6 to go)\n");
  });
});
