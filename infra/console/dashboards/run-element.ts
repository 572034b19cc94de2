import type { LookerProject } from "../../looker/read-project.ts";
import { runQuery } from "../query/run-query.ts";
import { buildQuery, type FilterValues, type LookerElement } from "./build-query.ts";
import { countDays, periodBefore } from "./period.ts";
import type { TileResult } from "./tile.tsx";

/** Runs the query of a dashboard's element. The tile shows an error, so that the other tiles stay readable. */
export async function runElement(
  project: LookerProject,
  element: LookerElement,
  values: FilterValues,
  options: { withEvidence?: boolean } = {},
): Promise<TileResult> {
  try {
    const { sql, params, columns, evidence } = buildQuery(project, element, values, options);
    const { rows } = await runQuery(sql, params);
    return { element, columns, rows, evidence };
  } catch (error) {
    return { element, columns: [], rows: [], evidence: [], error: (error as Error).message };
  }
}

/**
 * Runs an element for its period, with what its values are computed from; a single number also for as many days before.
 *
 * @param comparesCharts whether a chart is run for as many days before, too
 */
export async function runWithComparison(
  project: LookerProject,
  element: LookerElement,
  values: FilterValues,
  comparesCharts: boolean,
): Promise<TileResult> {
  const result = await runElement(project, element, values, { withEvidence: true });
  const isNumber = element.type === "single_value";
  const isCompared = isNumber || (comparesCharts && element.type !== "looker_grid");
  const hasPeriod = element.listen[values.periodName] !== undefined;
  if (!isCompared || !hasPeriod || result.error !== undefined) return result;
  const period = periodBefore(values.period);
  const { columns, rows } = await runElement(project, element, { ...values, period });
  const days = countDays(period);
  if (!isNumber) return { ...result, rowsBefore: { rows, days } };
  const value = columns[0] && rows[0]?.[columns[0].name];
  return typeof value === "number" ? { ...result, before: { value, days } } : result;
}
