import { expect, it } from "vitest";
import { formatRatio, formatTable } from "./format-table.ts";

it("columns line up, names to the left and numbers to the right", () => {
  const rows = [
    { name: "a", ms: 5 },
    { name: "longer", ms: 1234 },
  ];
  const table = formatTable(rows, [
    { heading: "", cell: ({ name }) => name },
    { heading: "ms", cell: ({ ms }) => String(ms) },
  ]);
  expect(table).toBe(
    ["|        |   ms |", "| ------ | ---: |", "| a      |    5 |", "| longer | 1234 |"].join("\n"),
  );
});

it("a ratio has two decimals", () => {
  expect(formatRatio(330, 300)).toBe("1.10 x");
});
