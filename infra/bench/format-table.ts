/** A column of a table: its heading, and a row's cell as text. */
export interface Column<Row> {
  heading: string;
  cell: (row: Row) => string;
}

/** A Markdown table whose columns line up in a terminal: names to the left, numbers to the right. */
export function formatTable<Row>(rows: Row[], columns: Column<Row>[]): string {
  const cells = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0), 4));
  const format = (line: string[]) =>
    `| ${line.map((text, index) => (index === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[index] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, index) => (index === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [head = [], ...body] = cells;
  return [format(head), `| ${rule.join(" | ")} |`, ...body.map(format)].join("\n");
}

/** A ratio with two decimals, as `1.05 x`. */
export function formatRatio(value: number, base: number): string {
  return `${(value / base).toFixed(2)} x`;
}
