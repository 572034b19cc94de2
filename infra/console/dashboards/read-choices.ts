import type { LookerDashboard, LookerProject } from "../../looker/read-project.ts";
import { runQuery } from "../query/run-query.ts";
import { Conditions } from "./conditions.ts";
import { buildFieldSql, buildFrom } from "./field-sql.ts";

/** Values per filter. */
const MAX_CHOICES = 500;

/** Reads the possible values of a dashboard's field filters, by their names: the values in the warehouse and the default. */
export async function readChoices(
  project: LookerProject,
  dashboard: LookerDashboard,
): Promise<Record<string, string[]>> {
  const filters = dashboard.filters.filter(({ type }) => type === "field_filter");
  const read = filters.map(async ({ name, field = "", default_value }) => {
    const [viewName = "", fieldName = ""] = field.split(".");
    const view = project.views.get(viewName);
    if (!view) throw new Error(`The filter ${name} names no view: ${field}`);
    const { sql } = buildFieldSql(view, fieldName, new Conditions());
    const { rows } = await runQuery(
      `SELECT DISTINCT CAST(${sql} AS STRING) AS choice FROM ${buildFrom(view)} WHERE ${sql} IS NOT NULL LIMIT ${MAX_CHOICES}`,
    );
    const choices = new Set([...rows.map(({ choice }) => String(choice)), default_value].filter(Boolean));
    return [name, [...choices].sort()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
