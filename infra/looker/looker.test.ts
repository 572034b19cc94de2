import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readViews } from "../bigquery/definitions.ts";
import { documentedColumns } from "../bigquery/documented-columns.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { fieldsOf } from "./fields-of.ts";
import { readLookerProject } from "./read-project.ts";

const project = await readLookerProject(fileURLToPath(new URL(".", import.meta.url)));
const documented = documentedColumns(readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8"));
const views = [...project.views].map(([name, view]) => ({ name, view }));
const fields = new Map(
  views.flatMap(({ name, view }) => [...fieldsOf(view)].map(([field, what]) => [`${name}.${field}`, what])),
);

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

/** BigQuery's types by LookML's. */
const TYPES: Readonly<Record<string, string[]>> = {
  // A boolean that may be NULL is the text yes or no.
  string: ["STRING", "BOOLEAN"],
  number: ["INTEGER", "FLOAT"],
  yesno: ["BOOLEAN"],
  time: ["TIMESTAMP", "DATE"],
};

/** A definition as text without Markdown. */
function plain(markdown: string): string {
  return markdown
    .replaceAll("`", "")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll('"', "'");
}

/** The column that a dimension shows. */
function columnOf(sql: string): string {
  return /^(?:DATETIME\(|IF\()?\$\{TABLE\}\.(\w+)/.exec(sql)?.[1] ?? "";
}

async function columnsOf(table: string): Promise<{ name: string; type: string }[]> {
  const [dataset = "", view = ""] = table.split(".");
  const [{ schema }] = await warehouse.bigquery.dataset(dataset).table(view).getMetadata();
  return schema.fields.map(({ name, type }: { name: string; type: string }) => ({ name, type }));
}

describe("the LookML project", () => {
  it("has a view and an explore for every view of BigQuery except the deduplicated tables", async () => {
    const inBigQuery = (await readViews("infra/bigquery"))
      .map(({ dataset, view }) => `${dataset}.${view}`)
      .filter((name) => !name.endsWith("_deduplicated"));
    expect(views.map(({ view }) => view.sql_table_name).sort()).toEqual(inBigQuery.sort());
    expect(Object.keys(project.model.explore).sort()).toEqual([...project.views.keys()].sort());
  });

  it("has no yesno that may be NULL: Looker would show it as No", () => {
    const nullable = views.flatMap(({ name, view }) =>
      Object.entries(view.dimension)
        .filter(([, { type, description }]) => type === "yesno" && description?.includes("NULL"))
        .map(([field]) => `${name}.${field}`),
    );
    expect(nullable).toEqual([]);
    expect(project.views.get("deployments")?.dimension.change_failed?.type).toBe("string");
  });

  it("has the organization's time zone, which the views of BigQuery have too", async () => {
    expect(await warehouse.rows("SELECT time_zone FROM product_eng.organization")).toEqual([
      { time_zone: project.constants.TIME_ZONE },
    ]);
  });

  it("shows the red time of a check that the configuration requires", async () => {
    const checks = await warehouse.rows("SELECT check_name FROM product_eng.required_checks");
    expect(checks).toContainEqual({ check_name: project.constants.REQUIRED_CHECK });
  });

  it("skips partitions by the field that its tiles filter by", () => {
    const tiles = project.dashboards.flatMap(({ elements }) => elements);
    const unpruned = tiles.filter(({ explore, listen }) => {
      const condition = project.model.explore[explore]?.sql_always_where;
      if (condition === undefined || listen.Period === undefined) return false;
      const named = [...condition.matchAll(/\{% date_(?:start|end) (\S+) %\}/g)].map(([, field]) => field);
      expect(named.filter((field) => !fields.has(field ?? ""))).toEqual([]);
      return named.length !== 2 || named.some((field) => field !== listen.Period);
    });
    expect(unpruned.map(({ name }) => name)).toEqual([]);
  });

  it("has explores that filter on existing fields only", () => {
    const filters = Object.values(project.model.explore).flatMap(({ always_filter }) =>
      Object.keys(always_filter?.filters ?? {}),
    );
    expect(filters.filter((name) => !fields.has(name))).toEqual([]);
  });
});

describe.each(views)("the view $name", ({ name, view }) => {
  const { primary_key, ...shown } = view.dimension;
  const dimensions = Object.entries({ ...shown, ...view.dimension_group });

  it("has a hidden primary key", () => {
    expect(primary_key).toMatchObject({ hidden: true, primary_key: true });
  });

  it("has a dimension for every column, of the column's type, with its definition", async () => {
    const columns = await columnsOf(view.sql_table_name);
    const definitions = documented.get(view.sql_table_name);
    const byColumn = new Map(dimensions.map(([, field]) => [columnOf(field.sql), field]));
    expect([...byColumn.keys()].sort()).toEqual(columns.map((column) => column.name).sort());
    for (const column of columns) {
      const field = byColumn.get(column.name);
      expect(TYPES[field?.type ?? ""], column.name).toContain(column.type);
      expect(field?.description, column.name).toBe(plain(definitions?.get(column.name) ?? ""));
    }
  });

  it("reads dates as dates, without time zone conversion", async () => {
    const dates = (await columnsOf(view.sql_table_name)).filter(({ type }) => type === "DATE");
    for (const { name: column } of dates) {
      const group = view.dimension_group[column];
      expect(group?.datatype).toBe("date");
      expect(String(group?.convert_tz)).toMatch(/^(no|false)$/);
    }
  });

  it("reads points in time in the organization's time zone, whatever the connection's", async () => {
    const times = (await columnsOf(view.sql_table_name)).filter(({ type }) => type === "TIMESTAMP");
    for (const { name: column } of times) {
      const group = Object.values(view.dimension_group).find(({ sql }) => columnOf(sql) === column);
      expect(group?.sql).toContain(`'${project.constants.TIME_ZONE}'`);
      expect(group?.datatype).toBe("datetime");
      expect(String(group?.convert_tz)).toMatch(/^(no|false)$/);
    }
  });

  it("has measures over existing fields", () => {
    for (const [measureName, measure] of Object.entries(view.measure)) {
      const used = [...(measure.sql ?? "").matchAll(/\$\{(\w+)\}/g)]
        .map(([, field]) => field)
        .filter((field) => field !== "TABLE");
      for (const field of [...used, ...Object.keys(measure.filters)]) {
        expect(fields.has(`${name}.${field}`), `${measureName} reads ${field}`).toBe(true);
      }
      expect(measure.description, measureName).toBeTruthy();
      expect(measure.type === "percentile", measureName).toBe(measure.percentile !== undefined);
      if (measure.type === "percentile") expect(measure.description).toContain("approximate");
      expect(measure.hidden === true || measure.drill_fields?.includes("detail*"), measureName).toBe(true);
    }
  });

  it("has measures that BigQuery can compute", async () => {
    const measures = Object.entries(view.measure).filter(([, { sql }]) => sql !== undefined);
    const selected = measures.map(([measureName]) => `${sqlOf(measureName)} AS ${measureName}`);
    await warehouse.rows(
      `SELECT ${["COUNT(*) AS rows_of_view", ...selected].join(", ")} FROM ${view.sql_table_name}`,
    );
  });

  /** Approximates the SQL that Looker generates for a measure. */
  function sqlOf(measureName: string): string {
    const measure = view.measure[measureName];
    const inner = (measure?.sql ?? "1")
      .replaceAll("$" + "{TABLE}.", "")
      .replaceAll(/\$\{(\w+)\}/g, (_, field: string) =>
        view.measure[field] ? sqlOf(field) : (view.dimension[field]?.sql ?? "").replace("$" + "{TABLE}.", ""),
      );
    const aggregates: Record<string, string> = {
      number: inner,
      count: "COUNT(*)",
      count_distinct: `COUNT(DISTINCT ${inner})`,
      percentile: `APPROX_QUANTILES(${inner}, 100)[OFFSET(${measure?.percentile})]`,
      sum: `SUM(${inner})`,
      max: `MAX(${inner})`,
      average: `AVG(${inner})`,
    };
    const aggregate = aggregates[measure?.type ?? ""];
    if (!aggregate) throw new Error(`${measureName} has the type ${measure?.type}`);
    return `(${aggregate})`;
  }
});

describe.each(project.dashboards)("the dashboard $dashboard", (dashboard) => {
  it.each(dashboard.elements)("shows in $name only existing fields of its explore", (element) => {
    expect(Object.keys(project.model.explore)).toContain(element.explore);
    const sorts = element.sorts.map((sort) => sort.split(" ")[0] ?? "");
    const named = [
      ...element.fields,
      ...element.pivots,
      ...sorts,
      ...Object.keys(element.filters),
      ...Object.values(element.listen),
    ];
    for (const field of named) {
      expect(fields.has(field), field).toBe(true);
      expect(field.split(".")[0]).toBe(element.explore);
    }
    for (const field of [...sorts, ...element.pivots]) expect(element.fields).toContain(field);
  });

  it("filters views by period on one period", () => {
    const elements = dashboard.elements.filter(({ explore }) => explore.endsWith("_by_period"));
    for (const { name, explore, filters } of elements)
      expect(filters[`${explore}.period`], name).toMatch(/^(day|week|month|quarter)$/);
  });

  it("has filters on existing fields, and elements that listen to them", () => {
    const listened = new Set(dashboard.elements.flatMap(({ listen }) => Object.keys(listen)));
    expect([...listened].sort()).toEqual(dashboard.filters.map(({ name }) => name).sort());
    for (const { type, field } of dashboard.filters) {
      if (type === "field_filter") expect(fields.has(field ?? ""), field).toBe(true);
    }
    // What is open or silent now does not depend on a period.
    const past = dashboard.elements.filter(
      ({ explore }) => !/^(open_pull_requests|source_freshness)$/.test(explore),
    );
    expect(past.filter(({ listen }) => !("Period" in listen))).toEqual([]);
  });

  it("has elements that do not overlap and fit into the grid of 24 columns", () => {
    const cells = dashboard.elements.flatMap(({ row, col, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${row + Math.floor(cell / width)}/${col + (cell % width)}`,
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.elements.filter(({ col, width }) => col + width > 24)).toEqual([]);
  });
});

it("the project has a dashboard for each area", () => {
  expect(project.dashboards.map(({ dashboard }) => dashboard).sort()).toEqual([
    "bundles",
    "ci",
    "community",
    "delivery",
    "incidents",
    "measurements",
    "pull_requests",
    "suite_health",
  ]);
});

describe("docs/looker.md", () => {
  const markdown = readFileSync(new URL("../../docs/looker.md", import.meta.url), "utf8");
  const block = (language: string) =>
    new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, "m").exec(markdown)?.[1] ?? "";

  it("answers its example question with SQL that runs and a tile with existing fields", async () => {
    await warehouse.rows(block("sql"));
    const named = [...block("yaml").matchAll(/\bdeploys\.\w+/g)].map(([field]) => field);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((field) => !fields.has(field))).toEqual([]);
  });

  it("places its example tile below all others", () => {
    const row = Number(/row: (\d+)/.exec(block("yaml"))?.[1]);
    const delivery = project.dashboards.find(({ dashboard }) => dashboard === "delivery");
    expect(Math.max(...(delivery?.elements ?? []).map((element) => element.row + element.height))).toBe(row);
  });
});
