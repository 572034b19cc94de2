import { expect, it } from "vitest";
import { replaceTables } from "./replace-tables.ts";

it("a table is replaced between its marks, and what is around it stays", () => {
  const page = "Before\n<!-- costs -->\n| old |\n<!-- end of costs -->\nafter";
  expect(replaceTables(page, { costs: "| $1 |" })).toBe(
    "Before\n<!-- costs -->\n| $1 |\n<!-- end of costs -->\nafter",
  );
  expect(() => replaceTables(page, { queries: "" })).toThrow("no place for the table queries");
});
