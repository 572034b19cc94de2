import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readTables, readViews } from "../definitions.ts";
import { atMoment, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";
import { inDependencyOrder, viewsRead } from "../view-layers.ts";
import { ZetaSqlEngine } from "./engine.ts";
import { exampleMonth, MONTH_END } from "./example-month.ts";
import { zetaSqlPackageFolder } from "./package-folder.ts";
import { comparable, fromBigQuery, fromZetaSql, toZetaSql, type ZetaSqlRows } from "./rows.ts";
import { type ZetaSqlTable, zetaSqlTable } from "./zetasql-catalog.ts";

/** What may be read: a table or an earlier view, with its rows in ZetaSQL. */
type Readable = ZetaSqlTable & { rows: ZetaSqlRows };

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" } } });
process.env.METADATA_SERVER_DETECTION = "none";
// Nobody's time zone: what depends on the machine's shows.
process.env.TZ = "Asia/Kathmandu";

const dir = fileURLToPath(new URL("..", import.meta.url));
const [tables, views] = await Promise.all([readTables(dir), readViews(dir)]);

const engine = await ZetaSqlEngine.start(zetaSqlPackageFolder());
try {
  const isValid = await analyzeViews();
  const isSame = isValid && (await compareViews());
  process.exitCode = isValid && isSame ? 0 : 1;
} finally {
  await engine.stop();
}

/** Whether ZetaSQL takes every view; says what it does not take. */
async function analyzeViews(): Promise<boolean> {
  const known = tables.map(zetaSqlTable);
  return everyView(async (name, query) => {
    known.push({ name, columns: await engine.analyze(query, known) });
  });
}

/** Whether every view has the same rows in ZetaSQL and in DuckDB; says which it has not. */
async function compareViews(): Promise<boolean> {
  const month = exampleMonth(Number(values.seed));
  const readable = tables.map((definition): Readable => {
    const table = zetaSqlTable(definition);
    const own = month.filter((row) => row.dataset === definition.dataset && row.table === definition.table);
    const rows = toZetaSql(
      table,
      own.map(({ row }) => row),
    );
    return { ...table, rows };
  });
  const warehouse = await startFrozenWarehouse(MONTH_END);
  try {
    await warehouse.given(month);
    return await everyView(async (name, query) => {
      const result = await evaluate(query, readable);
      readable.push({ name, ...result });
      requireSameRows(result, await warehouse.rows(`SELECT * FROM ${name}`));
      console.log(`ok   ${name.padEnd(52)} ${result.rows.length} rows, the same in ZetaSQL and DuckDB`);
    });
  } finally {
    await warehouse.stop();
  }
}

/** Does something for every view, those that are read first. @returns whether it threw for none */
async function everyView(work: (name: string, query: string) => Promise<void>): Promise<boolean> {
  let failures = 0;
  for (const { dataset, view, query } of inDependencyOrder(views)) {
    const name = `${dataset}.${view}`;
    try {
      await work(name, query);
    } catch (error) {
      failures++;
      console.error(`FAIL ${name}\n     ${error instanceof Error ? error.message : error}`);
    }
  }
  return failures === 0;
}

async function evaluate(query: string, readable: Readable[]): Promise<Omit<Readable, "name">> {
  const names = readable.map(({ name }) => {
    const [dataset = "", view = ""] = name.split(".");
    return { dataset, view };
  });
  const read = viewsRead(query, names);
  return engine.evaluate(
    atMoment(query, MONTH_END),
    readable.filter(({ name }) => read.includes(name)),
  );
}

/** @throws {Error} with the first rows that only one of both has */
function requireSameRows(result: Omit<Readable, "name">, duckDb: Record<string, unknown>[]): void {
  const inZetaSql = fromZetaSql(result, result.rows).map(comparable).sort();
  const inDuckDb = fromBigQuery(result, duckDb).map(comparable).sort();
  if (JSON.stringify(inZetaSql) === JSON.stringify(inDuckDb)) return;
  const difference = [
    ...onlyIn(inZetaSql, inDuckDb).map((row) => `only in ZetaSQL: ${row}`),
    ...onlyIn(inDuckDb, inZetaSql).map((row) => `only in DuckDB:  ${row}`),
  ];
  const counts = `${inZetaSql.length} rows in ZetaSQL, ${inDuckDb.length} in DuckDB`;
  throw new Error([counts, ...difference.slice(0, 10)].join("\n     "));
}

function onlyIn(rows: string[], others: string[]): string[] {
  const known = new Set(others);
  return rows.filter((row) => !known.has(row));
}
