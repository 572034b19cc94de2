import type { GitHubReader } from "./github-reader.ts";
import type { Json } from "./historic-events.ts";

/** GitHub returns no more results of a search: https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
const MAX_RESULTS = 1000;

/**
 * Reads the completed workflow runs that were created in a span of time. A span with more runs than a search returns is read in halves.
 *
 * @param path of the list
 * @throws RequestError
 */
export async function readRuns(reader: GitHubReader, path: string, from: Date, until: Date): Promise<Json[]> {
  const search = `${path}?created=${encodeURIComponent(`${toSeconds(from)}..${toSeconds(until)}`)}`;
  const { total_count: count } = await reader.get(`${search}&per_page=1`);
  // More runs of one second cannot be told apart.
  if (Number(count) <= MAX_RESULTS || until.getTime() - from.getTime() < 1000)
    return (await reader.list(search, { key: "workflow_runs" })).filter(
      ({ status }) => status === "completed",
    );
  const middle = new Date(Math.floor((from.getTime() + until.getTime()) / 2000) * 1000);
  return [
    ...(await readRuns(reader, path, from, middle)),
    // Both ends of a span belong to it.
    ...(await readRuns(reader, path, new Date(middle.getTime() + 1000), until)),
  ];
}

/** GitHub's times have no milliseconds. */
export function toSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
