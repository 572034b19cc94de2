import { normalize } from "../../functions/github/normalize.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import { readTables } from "../bigquery/definitions.ts";
import { toRows } from "../bigquery/testing/example-rows.ts";
import { startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { exampleMonth, MONTH_END } from "../bigquery/zetasql/example-month.ts";

/** Bytes that BigQuery counts, https://cloud.google.com/bigquery/pricing#data */
const FIXED_BYTES: Readonly<Record<string, number>> = {
  INTEGER: 8,
  FLOAT: 8,
  TIMESTAMP: 8,
  DATE: 8,
  BOOLEAN: 1,
};

/** Mean bytes of a value by column, by fact table. */
export type Widths = Map<string, Map<string, number>>;

/** Measures the facts of GitHub's own example payloads and of the example month. */
export async function measureWidths(dir: string): Promise<Widths> {
  process.env.METADATA_SERVER_DETECTION ||= "none";
  const warehouse = await startFrozenWarehouse(MONTH_END);
  try {
    const receivedAt = new Date(MONTH_END);
    const examples = webhookExamples.map(({ event, payload }, index) =>
      toRows(
        normalize({
          id: `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`,
          event,
          payload,
          receivedAt,
        }),
      ),
    );
    await warehouse.given(exampleMonth(1), ...examples);
    const tables = await readTables(dir);
    const widths: Widths = new Map();
    for (const { table } of facts) {
      const rows = await warehouse.rows(`SELECT * FROM ${table}`);
      const definition = tables.find((each) => `${each.dataset}.${each.table}` === table);
      const columns = definition?.schema.fields ?? [];
      widths.set(
        table,
        new Map(
          columns.map(({ name, type }) => [
            name,
            meanBytes(
              rows.map((row) => row[name]),
              type,
            ),
          ]),
        ),
      );
    }
    return widths;
  } finally {
    await warehouse.stop();
  }
}

/** NULL counts as nothing, a text as its bytes and two more. */
function meanBytes(values: unknown[], type: string): number {
  const bytes = values.map((value) => {
    if (value === null || value === undefined) return 0;
    return FIXED_BYTES[type] ?? Buffer.byteLength(String(value)) + 2;
  });
  return values.length === 0
    ? (FIXED_BYTES[type] ?? 20)
    : bytes.reduce((sum, each) => sum + each, 0) / values.length;
}
