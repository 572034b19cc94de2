import type { LookerDashboard, LookerProject, LookerView } from "../../looker/read-project.ts";
import { Conditions } from "./conditions.ts";
import { buildEvidence, type Evidence } from "./evidence.ts";
import { buildFieldSql, buildFrom, type FieldSql, ROWS } from "./field-sql.ts";
import type { Period } from "./period.ts";

/** Looker limits the rows after pivoting, and shows up to 50 pivoted columns: https://cloud.google.com/looker/docs/best-practices/row-limits */
const MAX_PIVOTS = 50;

export type LookerElement = LookerDashboard["elements"][number];

/** Values of a dashboard's filters, by their names. */
export interface FilterValues {
  /** Name of the date filter. */
  periodName: string;
  period: Period;
  /** Values of the field filters. An empty value does not filter. */
  fields: Record<string, string>;
}

/** A column of an element's result. */
export interface ElementColumn extends Pick<FieldSql, "format" | "timeframe" | "isMeasure"> {
  name: string;
  isPivot: boolean;
}

export interface ElementQuery {
  sql: string;
  params: Record<string, unknown>;
  columns: ElementColumn[];
  evidence: Evidence[];
}

/**
 * Builds the query that Looker would run for an element of a dashboard.
 *
 * @param options.withEvidence adds columns with what the measures are computed from
 * @throws {Error} naming the feature of Looker that the console lacks
 */
export function buildQuery(
  project: Pick<LookerProject, "views" | "model">,
  element: LookerElement,
  values: FilterValues,
  { withEvidence = false }: { withEvidence?: boolean } = {},
): ElementQuery {
  const view = project.views.get(element.explore);
  if (!view) throw new Error(`There is no view ${element.explore}`);
  const conditions = new Conditions();
  const columns = element.fields.map((full) => {
    const { sql, ...rest } = buildFieldSql(view, shortName(full), conditions);
    return { name: shortName(full), sql, ...rest, isPivot: element.pivots.includes(full) };
  });
  const found = withEvidence
    ? buildEvidence(
        view,
        columns.map(({ name }) => name),
        conditions,
      )
    : [];
  const selected = [...columns, ...found.flatMap(({ parts }) => parts)];
  const where = buildConditions(project, view, element, values, conditions);
  const groups = columns.flatMap(({ isMeasure }, index) => (isMeasure ? [] : [index + 1]));
  const sql = [
    `SELECT ${selected.map(({ name, sql: value }) => `${value} AS \`${name}\``).join(", ")}`,
    `FROM ${buildFrom(view)}`,
    where.length > 0 && `WHERE ${where.join(" AND ")}`,
    groups.length > 0 && `GROUP BY ${groups.join(", ")}`,
    element.sorts.length > 0 && `ORDER BY ${element.sorts.map(buildSort).join(", ")}`,
    `LIMIT ${element.pivots.length > 0 ? element.limit * MAX_PIVOTS : element.limit}`,
  ];
  return {
    sql: sql.filter(Boolean).join("\n"),
    params: conditions.params,
    columns: columns.map(({ sql: _, ...column }) => column),
    evidence: found.map(({ evidence }) => evidence),
  };
}

export function buildConditions(
  { model }: Pick<LookerProject, "model">,
  view: LookerView,
  element: LookerElement,
  values: FilterValues,
  conditions: Conditions,
): string[] {
  const always = Object.entries(model.explore[element.explore]?.always_filter?.filters ?? {});
  const own = Object.entries(element.filters);
  const fixed = new Map([...always, ...own].map(([full, expression]) => [shortName(full), expression]));
  const sqlOf = (name: string) => buildFieldSql(view, name, conditions).sql;
  const listening = Object.entries(element.listen).flatMap(([filter, full]) => {
    if (filter === values.periodName)
      return conditions.within(sqlOf(dateField(shortName(full))), values.period);
    const value = values.fields[filter];
    return value ? conditions.equal(sqlOf(shortName(full)), value) : [];
  });
  const partitions = model.explore[element.explore]?.sql_always_where;
  return [
    ...[...fixed].map(([name, expression]) =>
      conditions.match(sqlOf(name), expression, view.dimension[name]?.type),
    ),
    ...listening,
    ...(partitions ? [buildAlwaysWhere(partitions, element, values, conditions)] : []),
  ];
}

/**
 * Replaces the ends of a date filter in a condition, as Looker does: NULL if the element does not filter by that date.
 * https://cloud.google.com/looker/docs/best-practices/how-to-use-date_start-and-date_end-with-date-filters
 */
function buildAlwaysWhere(
  condition: string,
  { explore, listen }: LookerElement,
  { periodName, period }: FilterValues,
  conditions: Conditions,
): string {
  return condition
    .replaceAll(/\{%\s*(date_start|date_end)\s+(\S+)\s*%\}/g, (_, end: string, field: string) => {
      if (field !== listen[periodName]) return "NULL";
      return end === "date_start" ? conditions.startOf(period) : conditions.endOf(period);
    })
    .replaceAll(`${explore}.`, `${ROWS}.`);
}

/** A period consists of days, whatever timeframe of a dimension group listens to it. */
function dateField(name: string): string {
  return name.replace(/_[a-z]+$/, "_date");
}

function buildSort(sort: string): string {
  const [full = "", direction] = sort.split(" ");
  return `\`${shortName(full)}\` ${direction === "desc" ? "DESC" : "ASC"}`;
}

/** A field without the name of its view: an explore has one view. */
function shortName(full: string): string {
  return full.split(".").at(-1) ?? full;
}
