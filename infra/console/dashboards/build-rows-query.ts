import type { LookerProject } from "../../looker/read-project.ts";
import { buildConditions, type ElementColumn, type FilterValues, type LookerElement } from "./build-query.ts";
import { Conditions } from "./conditions.ts";
import { buildFieldSql, buildFrom } from "./field-sql.ts";

/** Rows of a page. */
const MAX_ROWS = 500;

/** A value that was clicked. */
export interface ClickedValue {
  /** Values of the element's dimensions, by field without its view; NULL is null. */
  at: Record<string, string | null>;
  /** The measure, whose own filters count too. */
  measure?: string | undefined;
}

/** Whether the fields of a clicked value are the element's. */
export function hasFields(
  { views }: Pick<LookerProject, "views">,
  { explore, fields }: LookerElement,
  { at, measure }: ClickedValue,
): boolean {
  const own = fields.map((full) => full.split(".").at(-1));
  const isMeasure = measure === undefined || views.get(explore)?.measure[measure] !== undefined;
  return isMeasure && Object.keys(at).every((name) => own.includes(name));
}

/**
 * Builds the query for the rows behind a value of an element: the fields that Looker shows in a drill-down, `set: detail`.
 *
 * @throws {Error} naming a field that the view does not have
 */
export function buildRowsQuery(
  project: Pick<LookerProject, "views" | "model">,
  element: LookerElement,
  values: FilterValues,
  { at, measure }: ClickedValue,
): { sql: string; params: Record<string, unknown>; columns: ElementColumn[] } {
  const view = project.views.get(element.explore);
  if (!view) throw new Error(`There is no view ${element.explore}`);
  const conditions = new Conditions();
  const columns = (view.set.detail?.fields ?? []).map((name) => ({
    name,
    isPivot: false,
    ...buildFieldSql(view, name, conditions),
  }));
  const clicked = Object.entries(at).map(([name, value]) => {
    const { sql } = buildFieldSql(view, name, conditions);
    return value === null ? `${sql} IS NULL` : conditions.equal(sql, value);
  });
  const filters = Object.entries((measure && view.measure[measure]?.filters) || {}).map(
    ([name, expression]) =>
      conditions.match(buildFieldSql(view, name, conditions).sql, expression, view.dimension[name]?.type),
  );
  const where = [...buildConditions(project, view, element, values, conditions), ...clicked, ...filters];
  const sql = [
    `SELECT ${columns.map(({ name, sql: value }) => `${value} AS \`${name}\``).join(", ")}`,
    `FROM ${buildFrom(view)}`,
    where.length > 0 && `WHERE ${where.join(" AND ")}`,
    `LIMIT ${MAX_ROWS}`,
  ];
  return {
    sql: sql.filter(Boolean).join("\n"),
    params: conditions.params,
    columns: columns.map(({ sql: _, ...column }) => column),
  };
}
