import type { LookerProject } from "../../looker/read-project.ts";
import { runQuery } from "../query/run-query.ts";
import { buildQuery, type FilterValues, type LookerElement } from "./build-query.ts";
import type { TileResult } from "./tile.tsx";

/** Runs the query of a dashboard's element. The tile shows an error, so that the other tiles stay readable. */
export async function runElement(
  project: LookerProject,
  element: LookerElement,
  values: FilterValues,
): Promise<TileResult> {
  try {
    const { sql, params, columns } = buildQuery(project, element, values);
    const { rows } = await runQuery(sql, params);
    return { element, columns, rows };
  } catch (error) {
    return { element, columns: [], rows: [], error: (error as Error).message };
  }
}
