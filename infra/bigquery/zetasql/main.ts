import { fileURLToPath } from "node:url";
import type { Fact } from "../../../functions/refresh-facts/facts/define-fact.ts";
import type { Summary } from "../../../functions/refresh-facts/facts/define-summary.ts";
import { facts } from "../../../functions/refresh-facts/facts/facts.ts";
import { changedDaysQueries, receivedFacts } from "../../../functions/refresh-facts/facts/merge-statement.ts";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import { rebuildStatements, statementsOf } from "../../../functions/refresh-facts/plan.ts";
import {
  flakiestQuery,
  metricsQuery,
  reviewsQuery,
  slowestQuery,
} from "../../../functions/weekly-digest/read-week.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { runMain } from "../../cli/run-main.ts";
import { inlineParameters } from "../../explain/inline-parameters.ts";
import { readTables, readViews, type TableDefinition, type ViewDefinition } from "../definitions.ts";
import { atMoment, type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";
import { inDependencyOrder, viewsRead } from "../view-layers.ts";
import { listConsoleQueries } from "./console-queries.ts";
import { ZetaSqlEngine } from "./engine.ts";
import { exampleMonth, MONTH_END } from "./example-month.ts";
import { zetaSqlPackageFolder } from "./package-folder.ts";
import { comparable, fromBigQuery, fromZetaSql, toZetaSql, type ZetaSqlRows } from "./rows.ts";
import { type ZetaSqlTable, zetaSqlTable } from "./zetasql-catalog.ts";

/** A table, or a view that was evaluated before, with its rows in ZetaSQL. */
type Readable = ZetaSqlTable & { rows: ZetaSqlRows };

const usage = `Usage: npm run zetasql -- [--seed N]

Analyzes every statement of a refresh, every view and every query of the weekly digest and the console in the cloud with Google's ZetaSQL, and compares the facts' and views' rows over a random month to the rows of the local warehouse.
  --seed N   number of the random month, 1 by default`;

const dir = fileURLToPath(new URL("..", import.meta.url));

await runMain({ usage, options: { seed: { type: "string", default: "1" } } }, async ({ values }) => {
  process.env.METADATA_SERVER_DETECTION = "none";
  // A time zone with an offset of 5:45 hours shows a view that depends on the machine's time zone.
  process.env.TZ = "Asia/Kathmandu";
  const [tables, views] = await Promise.all([readTables(dir), readViews(dir)]);
  const engine = await ZetaSqlEngine.start(zetaSqlPackageFolder());
  try {
    const isSame =
      (await analyzeFacts(engine, tables)) &&
      (await analyzeViews(engine, tables, views)) &&
      (await compareViews(engine, tables, views, exampleMonth(Number(values.seed))));
    if (!isSame) process.exitCode = 1;
  } finally {
    await engine.stop();
  }
});

/** Prints the error of each statement of a refresh or rebuild that ZetaSQL rejects. @returns whether it accepts all */
async function analyzeFacts(engine: ZetaSqlEngine, tables: TableDefinition[]): Promise<boolean> {
  const catalog = tables.map(zetaSqlTable);
  const received = [{ from: "2025-01-01T00:00:00.000Z", until: MONTH_END }];
  const changes = Object.fromEntries(facts.map(({ table }) => [table, [Date.UTC(2025, 1, 20)]]));
  const statements = [
    ...changedDaysQueries(facts, received).map((sql, index) => ({ name: `changed days ${index}`, sql })),
    ...statementsOf(facts, { received, changes }, summaries),
    ...rebuildStatements(facts, MONTH_END, summaries).map(({ name, sql }) => ({
      name: `rebuild of ${name}`,
      sql,
    })),
  ];
  return checkAll(statements, ({ sql }) => engine.analyzeStatement(sql, catalog));
}

/** Prints the error of each view, and of each query over views, that ZetaSQL rejects. @returns whether it accepts all */
async function analyzeViews(
  engine: ZetaSqlEngine,
  tables: TableDefinition[],
  views: ViewDefinition[],
): Promise<boolean> {
  const catalog = tables.map(zetaSqlTable);
  const accepted = await checkEach(views, async (name, query) => {
    catalog.push({ name, columns: await engine.analyze(query, catalog) });
  });
  return (
    accepted &&
    checkAll([...listDigestQueries(), ...listConsoleQueries()], ({ sql }) =>
      engine.analyzeStatement(sql, catalog),
    )
  );
}

/** Prints the difference of each view whose rows differ between ZetaSQL and DuckDB. @returns whether none differs */
async function compareViews(
  engine: ZetaSqlEngine,
  tables: TableDefinition[],
  views: ViewDefinition[],
  month: TableRow[],
): Promise<boolean> {
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
    const sameFacts = await checkAll(
      facts.map((fact) => ({ name: fact.table, fact })),
      ({ fact }) => compareFact(engine, fact, readable, warehouse),
    );
    if (!sameFacts) return false;
    const sameSummaries = await checkAll(
      summaries.map((summary) => ({ name: summary.table, summary })),
      ({ summary }) => compareSummary(engine, summary, readable, warehouse),
    );
    if (!sameSummaries) return false;
    return await checkEach(views, async (name, query) => {
      const result = await evaluate(engine, query, readable);
      readable.push({ name, ...result });
      requireSameRows(result, await warehouse.rows(`SELECT * FROM ${name}`));
      console.log(`ok   ${name.padEnd(52)} ${result.rows.length} rows, the same in ZetaSQL and DuckDB`);
    });
  } finally {
    await warehouse.stop();
  }
}

/** Compares a fact's rows, and lets views read the rows of the local warehouse, which have the derived columns too. */
async function compareFact(
  engine: ZetaSqlEngine,
  fact: Fact,
  readable: Readable[],
  warehouse: FrozenWarehouse,
): Promise<void> {
  const result = await evaluate(engine, receivedFacts(fact), readable);
  const rows = await warehouse.rows(`SELECT * FROM ${fact.table}`);
  const columns = new Set(result.columns.map(({ name }) => name));
  requireSameRows(
    result,
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name)))),
  );
  const own = readable.find(({ name }) => name === fact.table);
  if (own) own.rows = toZetaSql(own, rows);
  console.log(`ok   ${fact.table.padEnd(52)} ${rows.length} rows, the same in ZetaSQL and DuckDB`);
}

function listDigestQueries(): { name: string; sql: string }[] {
  const days = { week: "2025-02-17", before: "2025-02-10", after: "2025-02-24" };
  const params = { ...days, targets: ["web/production"], repositories: ["acme/web"] };
  return Object.entries({ metricsQuery, slowestQuery, flakiestQuery, reviewsQuery }).map(([name, query]) => ({
    name: `weekly-digest: ${name}`,
    sql: inlineParameters(query, params),
  }));
}

/** Compares a summary's rows to those of the local warehouse, which views read. */
async function compareSummary(
  engine: ZetaSqlEngine,
  { table, select }: Summary,
  readable: Readable[],
  warehouse: FrozenWarehouse,
): Promise<void> {
  const result = await evaluate(engine, select("TIMESTAMP '1971-01-01 00:00:00'"), readable);
  const rows = await warehouse.rows(`SELECT * FROM ${table}`);
  requireSameRows(result, rows);
  const own = readable.find(({ name }) => name === table);
  if (own) own.rows = toZetaSql(own, rows);
  console.log(`ok   ${table.padEnd(52)} ${rows.length} rows, the same in ZetaSQL and DuckDB`);
}

/** Checks the views in the order of their dependencies. @returns whether the check threw for none */
async function checkEach(
  views: ViewDefinition[],
  check: (name: string, query: string) => Promise<void>,
): Promise<boolean> {
  const named = inDependencyOrder(views).map(({ dataset, view, query }) => ({
    name: `${dataset}.${view}`,
    query,
  }));
  return checkAll(named, ({ name, query }) => check(name, query));
}

/** Prints each error. @returns whether the check threw for none */
async function checkAll<T extends { name: string }>(
  items: T[],
  check: (item: T) => Promise<void>,
): Promise<boolean> {
  let failures = 0;
  for (const item of items) {
    try {
      await check(item);
    } catch (error) {
      failures++;
      console.error(`FAIL ${item.name}\n     ${error instanceof Error ? error.message : error}`);
    }
  }
  return failures === 0;
}

async function evaluate(
  engine: ZetaSqlEngine,
  query: string,
  readable: Readable[],
): Promise<Omit<Readable, "name">> {
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

/** @throws {Error} with the first ten rows that only one engine has */
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
  const common = new Set(others);
  return rows.filter((row) => !common.has(row));
}
