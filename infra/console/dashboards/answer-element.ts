import type { LookerProject } from "../../looker/read-project.ts";
import { runQuery } from "../query/run-query.ts";
import { elementQuery, type FilterValues, type LookerElement } from "./element-query.ts";
import type { TileAnswer } from "./tile.tsx";

/** Asks the warehouse what an element of a dashboard shows. What goes wrong is the tile's to show: the others can still be read. */
export async function answerElement(
  project: LookerProject,
  element: LookerElement,
  values: FilterValues,
): Promise<TileAnswer> {
  try {
    const { sql, params, columns } = elementQuery(project, element, values);
    const { rows } = await runQuery(sql, params);
    return { element, columns, rows };
  } catch (error) {
    return { element, columns: [], rows: [], error: (error as Error).message };
  }
}
