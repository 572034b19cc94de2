import { describe, expect, it } from "vitest";
import { conversionOf } from "./conversion.ts";

const ignored = ["__mocks__", "stories", "views/events/__fixtures__"];

describe("the conversion to TypeScript", () => {
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
  ])("counts %s as %i and %i", (path, typescript, javascript) => {
    expect(conversionOf([path], ignored)).toEqual({ typescript, javascript });
  });

  it("of nothing is nothing", () => {
    expect(conversionOf([], ignored)).toEqual({ typescript: 0, javascript: 0 });
  });
});
