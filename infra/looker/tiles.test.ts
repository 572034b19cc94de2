import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrozenWarehouse, startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { exampleMonth, MONTH_END } from "../bigquery/zetasql/example-month.ts";
import { parseDefaultPeriod } from "../console/dashboards/period.ts";
import { runElement } from "../console/dashboards/run-element.ts";
import { fieldsOf } from "./fields-of.ts";
import { type LookerDashboard, type LookerView, readLookerProject } from "./read-project.ts";

/**
 * Writes the query of a tile as Looker documents it, independently of the console: filtered measures as CASE, half-open ranges of days,
 * https://cloud.google.com/looker/docs/reference/param-measure-types and https://cloud.google.com/looker/docs/filter-expressions
 */

type Element = LookerDashboard["elements"][number];

const project = await readLookerProject(fileURLToPath(new URL(".", import.meta.url)));
const now = new Date(MONTH_END);

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse(MONTH_END);
  await warehouse.given(exampleMonth(1));
});
afterAll(() => warehouse.stop());

function short(full: string): string {
  return full.split(".").at(-1) ?? full;
}

function reference(view: LookerView, sql: string): string {
  return sql.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    name === "TABLE" ? "base" : `(${fieldSql(view, name)})`,
  );
}

const timeframes: Record<string, (sql: string) => string> = {
  raw: (sql) => sql,
  date: (sql) => `DATE(${sql})`,
  week: (sql) => `DATE_TRUNC(DATE(${sql}), WEEK(MONDAY))`,
  month: (sql) => `DATE_TRUNC(DATE(${sql}), MONTH)`,
  quarter: (sql) => `DATE_TRUNC(DATE(${sql}), QUARTER)`,
  hour: (sql) => `DATETIME_TRUNC(${sql}, HOUR)`,
  minute: (sql) => `DATETIME_TRUNC(${sql}, MINUTE)`,
  time: (sql) => `DATETIME_TRUNC(${sql}, SECOND)`,
};

function fieldSql(view: LookerView, name: string): string {
  const field = fieldsOf(view).get(name);
  if (!field) throw new Error(`no field ${name}`);
  if (field.kind === "dimension") return reference(view, field.sql);
  if (field.kind === "timeframe") {
    const group = view.dimension_group[name.slice(0, name.lastIndexOf("_"))];
    const sql = reference(view, field.sql);
    if (group?.datatype === "date" && (field.timeframe === "date" || field.timeframe === "raw")) return sql;
    return timeframes[field.timeframe]?.(sql) ?? "";
  }
  const { type, sql = "1", percentile, filters } = field.measure;
  const conditions = Object.entries(filters).map(([key, value]) => filterSql(view, key, value));
  const value = reference(view, sql);
  const filtered = conditions.length > 0 ? `CASE WHEN ${conditions.join(" AND ")} THEN ${value} END` : value;
  const aggregates: Record<string, string> = {
    count: `COUNT(${filtered})`,
    count_distinct: `COUNT(DISTINCT ${filtered})`,
    sum: `COALESCE(SUM(${filtered}), 0)`,
    average: `AVG(${filtered})`,
    max: `MAX(${filtered})`,
    percentile: `APPROX_QUANTILES(${filtered}, 100)[SAFE_OFFSET(${percentile})]`,
    number: value,
  };
  return aggregates[type] ?? "";
}

function filterSql(view: LookerView, key: string, expression: string): string {
  const sql = fieldSql(view, key);
  if (view.dimension[key]?.type === "yesno")
    return expression.toLowerCase() === "yes" ? sql : `NOT COALESCE(${sql}, FALSE)`;
  if (expression === "NULL") return `${sql} IS NULL`;
  if (expression === "-NULL" || expression === "NOT NULL") return `${sql} IS NOT NULL`;
  const quote = (text: string) => (view.dimension[key]?.type === "number" ? text : `'${text}'`);
  const values = expression.split(",").map((value) => value.trim());
  return values.every((value) => value.startsWith("-"))
    ? `(${sql} NOT IN (${values.map((value) => quote(value.slice(1))).join(", ")}) OR ${sql} IS NULL)`
    : `${sql} IN (${values.map(quote).join(", ")})`;
}

/** Looker's ranges end before the first day that is not in them. */
function periodSql(view: LookerView, field: string, expression: string): string {
  const [, count = "", unit = ""] = /^(\d+) (\w+)s$/.exec(expression) ?? [];
  const today = `DATE '${MONTH_END.slice(0, 10)}'`;
  const date = fieldSql(view, field.replace(/_[a-z]+$/, "_date"));
  const begins: Record<string, string> = {
    hour: `DATE_SUB(${today}, INTERVAL 1 DAY)`,
    day: `DATE_SUB(${today}, INTERVAL ${Number(count) - 1} DAY)`,
    week: `DATE_SUB(DATE_TRUNC(${today}, WEEK(MONDAY)), INTERVAL ${7 * (Number(count) - 1)} DAY)`,
  };
  return `${date} >= ${begins[unit]} AND ${date} < DATE_ADD(${today}, INTERVAL 1 DAY)`;
}

function lookerSql(element: Element, period: string, defaults: Record<string, string>): string {
  const view = project.views.get(element.explore) as LookerView;
  const always = project.model.explore[element.explore]?.always_filter?.filters ?? {};
  const fixed = { ...always, ...element.filters };
  const listening = Object.entries(element.listen).flatMap(([filter, full]) => {
    if (filter === "Period") return [periodSql(view, short(full), period)];
    const value = defaults[filter];
    return value ? [`${fieldSql(view, short(full))} = '${value}'`] : [];
  });
  const where = [
    ...Object.entries(fixed).map(([key, value]) => filterSql(view, short(key), value)),
    ...listening,
  ];
  const grouped = element.fields.flatMap((full, index) => (view.measure[short(full)] ? [] : [index + 1]));
  return [
    `SELECT ${element.fields.map((full) => `${fieldSql(view, short(full))} AS ${short(full)}`).join(", ")}`,
    `FROM ${view.sql_table_name} AS base`,
    where.length > 0 ? `WHERE ${where.join(" AND ")}` : "",
    grouped.length > 0 ? `GROUP BY ${grouped.join(", ")}` : "",
  ].join("\n");
}

/** Rows as sorted text. Times have a zone in one query, and none in another. */
function comparable(rows: Record<string, unknown>[]): string[] {
  const plain = (value: unknown) =>
    typeof value === "number"
      ? Number(value.toPrecision(9))
      : typeof value === "string"
        ? value.replace(/(\.000)?Z$/, "")
        : value;
  return rows.map((row) => JSON.stringify(Object.values(row).map(plain))).sort();
}

describe.each(project.dashboards)("the dashboard $dashboard", ({ elements, filters }) => {
  const period = filters.find(({ type }) => type === "date_filter")?.default_value ?? "";
  const defaults = Object.fromEntries(
    filters
      .filter(({ type }) => type === "field_filter")
      .map(({ name, default_value }) => [name, default_value]),
  );

  it.each(elements)("has the same numbers in Looker and in the console: $name", async (element) => {
    const values = { periodName: "Period", period: parseDefaultPeriod(period, "UTC", now), fields: defaults };
    const console = await runElement(project, { ...element, limit: 5000 }, values);
    expect(console.error).toBeUndefined();
    expect(comparable(console.rows)).toEqual(
      comparable(await warehouse.rows(lookerSql(element, period, defaults))),
    );
  });
});
