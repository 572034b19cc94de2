import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it.each([
  ["text", "plain", "plain"],
  ["a comma, quotes and lines", 'a,"b"\nc', '"a,""b""\nc"'],
  ["nothing", null, ""],
  ["a negative number", -1.5, "-1.5"],
  ["a list", [1, 2], '"[1,2]"'],
  ["a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
])("CSV holds %s", (_, value, written) => {
  expect(toCsv(["n"], [{ n: value }])).toBe(`n\r\n${written}\r\n`);
});
