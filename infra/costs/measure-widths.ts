import { normalize } from "../../functions/github/normalize.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import { readTables } from "../bigquery/definitions.ts";
import { toRows } from "../bigquery/testing/example-rows.ts";
import type { FrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { exampleMonth, MONTH_END } from "../bigquery/zetasql/example-month.ts";
import { partitions } from "./partitions.ts";

/** Bytes that BigQuery counts, https://cloud.google.com/bigquery/pricing#data */
const FIXED_BYTES: Readonly<Record<string, number>> = {
  INTEGER: 8,
  FLOAT: 8,
  TIMESTAMP: 8,
  DATE: 8,
  BOOLEAN: 1,
};

/** The hexadecimal digits of a commit and of a GUID, and two bytes more; the example month has shorter ones. */
const ID_BYTES: Readonly<Record<string, number>> = { sha: 42, commit: 42, guid: 38 };

/** Mean bytes of a value by column, by fact table. */
export type Widths = Map<string, Map<string, number>>;

/** Measures the facts of GitHub's own example payloads and those of the example month: of each column the larger mean. */
export async function measureWidths(warehouse: FrozenWarehouse, dir: string): Promise<Widths> {
  const tables = await readTables(dir);
  const measured: Widths[] = [];
  for (const rows of [exampleRows(), exampleMonth(1)]) {
    await warehouse.given(rows);
    measured.push(await widthsOf(warehouse, tables));
  }
  const [examples, month] = measured;
  return new Map(
    [...(month ?? [])].map(([table, columns]) => [
      table,
      new Map(
        [...columns].map(([name, width]) => [name, Math.max(width, examples?.get(table)?.get(name) ?? 0)]),
      ),
    ]),
  );
}

function exampleRows(): TableRow[] {
  const receivedAt = new Date(MONTH_END);
  return webhookExamples.flatMap(({ event, payload }, index) => {
    const id = `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
    return toRows(normalize({ id, event, payload, receivedAt }));
  });
}

async function widthsOf(
  warehouse: FrozenWarehouse,
  tables: Awaited<ReturnType<typeof readTables>>,
): Promise<Widths> {
  const widths: Widths = new Map();
  for (const table of partitions.keys()) {
    const rows = await warehouse.rows(`SELECT * FROM ${table}`);
    const columns = tables.find((each) => `${each.dataset}.${each.table}` === table)?.schema.fields ?? [];
    const measure = ({ name, type }: (typeof columns)[number]) =>
      [
        name,
        meanBytes(
          rows.map((row) => row[name]),
          name,
          type,
        ),
      ] as const;
    widths.set(table, new Map(columns.map(measure)));
  }
  return widths;
}

/** NULL counts as nothing, a text as its bytes and two more. */
function meanBytes(values: unknown[], name: string, type: string): number {
  const fixed = FIXED_BYTES[type] ?? ID_BYTES[name.split("_").at(-1) ?? ""];
  const bytes = values.map((value) => {
    if (value === null || value === undefined) return 0;
    return fixed ?? Buffer.byteLength(String(value)) + 2;
  });
  return values.length === 0 ? 0 : bytes.reduce((sum, each) => sum + each, 0) / values.length;
}
