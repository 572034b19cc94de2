import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factColumns } from "../../../functions/refresh-facts/facts/define-fact.ts";
import { facts } from "../../../functions/refresh-facts/facts/facts.ts";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import { readTables, readViews } from "../definitions.ts";
import { viewsRead } from "../view-layers.ts";

const tables = await readTables("infra/bigquery");
const views = await readViews("infra/bigquery");
const nameOf = ({ dataset, table }: { dataset: string; table: string }) => `${dataset}.${table}`;
const isFact = (name: string) => name.endsWith("_facts");
const isSummary = (name: string) => name.endsWith("_summaries");
const raw = tables.filter(({ table }) => !isFact(table) && !isSummary(table));
/** Views for people's own queries over raw rows. */
const ofRawRows = views.filter(({ view }) => view.endsWith("_deduplicated"));
const asViews = (list: { dataset: string; table: string }[]) =>
  list.map(({ dataset, table }) => ({ dataset, view: table }));

describe("facts", () => {
  it("are the tables *_facts", () => {
    expect(facts.map(({ table }) => table).sort()).toEqual(tables.map(nameOf).filter(isFact).sort());
  });

  it.each(facts)("$table has the columns that its rows determine, and its partition", (fact) => {
    const table = tables.find((each) => nameOf(each) === fact.table);
    const columns = table?.schema.fields.map(({ name }) => name) ?? [];
    expect(columns).toEqual(expect.arrayContaining(factColumns(fact)));
    const derived = columns.filter((column) => !factColumns(fact).includes(column));
    expect(derived.filter((column) => !fact.derive?.statement("x").includes(column))).toEqual([]);
    expect(table?.timePartitioning?.field).toBe(fact.partition?.column);
  });

  it.each(facts)("$table follows from raw rows only", (fact) => {
    const select = fact.select((column) => `${column} IS NOT NULL`);
    const read = viewsRead(select, [...asViews(tables), ...views]);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((name) => !raw.map(nameOf).includes(name))).toEqual([]);
  });
});

describe("summaries", () => {
  it("are the tables *_summaries", () => {
    expect(summaries.map(({ table }) => table).sort()).toEqual(tables.map(nameOf).filter(isSummary).sort());
  });

  it.each(summaries)("$table follows from the facts that it names, and has its partition", (summary) => {
    const read = viewsRead(summary.select("x"), [...asViews(tables), ...views]);
    expect(read.filter((name) => !isFact(name))).toEqual([]);
    // A queued check changes the runs of check_run_facts.
    expect(summary.from).toEqual(expect.arrayContaining(read));
    const table = tables.find((each) => nameOf(each) === summary.table);
    expect(table?.timePartitioning?.field).toBe(summary.partition);
    expect(table?.schema.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(summary.key));
  });
});

describe("raw tables", () => {
  it("are read by no view but those that end in _deduplicated", () => {
    const readers = views
      .filter(({ query }) => viewsRead(query, [...asViews(raw), ...ofRawRows]).length > 0)
      .map(({ view }) => view);
    expect(readers.filter((view) => !view.endsWith("_deduplicated"))).toEqual([]);
  });

  it("are read by no explore and so by no tile", () => {
    const allowed = views.map(({ dataset, view }) => `${dataset}.${view}`);
    const named = readdirSync("infra/looker/views").map((file) => {
      const text = readFileSync(`infra/looker/views/${file}`, "utf8");
      const name = /sql_table_name: (.+?) ;;/.exec(text)?.[1] ?? file;
      return name
        .replace("@{METRICS_DATASET}", "product_eng")
        .replace("@{OPEN_SOURCE_DATASET}", "open_source")
        .replaceAll(/@\{PROJECT\}\.|[`"]/g, "");
    });
    expect(named.filter((name) => !allowed.includes(name) || name.endsWith("_deduplicated"))).toEqual([]);
  });
});
