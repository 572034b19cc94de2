import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const markdown = readFileSync(new URL("../../docs/metric-cases.md", import.meta.url), "utf8");
const cases = [...markdown.matchAll(/^\| .+ \| `(\S+\.test\.ts)`: "(.+)" \|$/gm)].map(
  ([, file = "", title = ""]) => ({ file, title }),
);

it("the list of cases has a test in each row", () => {
  const rows = markdown.split("\n").filter((line) => /^\| (?!case|---)/.test(line));
  expect(cases).toHaveLength(rows.length);
});

it.each(cases)("$file has the case $title", ({ file, title }) => {
  const source = readFileSync(new URL(`views/${file}`, import.meta.url), "utf8");
  // Not toContain: its message would be the whole file.
  expect(source.includes(`"${title}"`), `${file} has a test with this title`).toBe(true);
});
