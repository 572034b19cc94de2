import { repositoryClient } from "../../shared/github/installation-client.ts";
import { withDeadline } from "../../shared/with-deadline.ts";
import { isPassing, type RequiredCheck } from "./required-check.ts";

/** What a check remarked about a line. */
export interface Annotation {
  /** Path of the file. */
  path: string;
  line: number;
  message: string;
}

/** A check that waits for jobs names those that failed: of more than this many, the first ones are read. */
const MAX_RUNS = 5;
const MAX_ANNOTATIONS = 20;
/** All requests together. */
const DEADLINE_MS = 20_000;
/** GitHub Actions adds this annotation to every failed job. It says nothing. */
const EXIT_CODE = /^Process completed with exit code \d+\.?$/;

/**
 * Ids of the check runs with the reasons of a failure: the failed jobs that the check lists, else the check itself. Pure.
 *
 * @param runId of the check itself
 */
export function listFailedRuns({ jobs }: Pick<RequiredCheck, "jobs">, runId: number): number[] {
  const failed = jobs.filter(({ conclusion }) => !isPassing(conclusion));
  const ids = failed.flatMap(({ url }) => {
    const id = /^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:runs|actions\/runs\/\d+\/job)\/(\d{1,15})/.exec(
      url ?? "",
    )?.[1];
    return id === undefined ? [] : [Number(id)];
  });
  return (ids.length > 0 ? [...new Set(ids)] : [runId]).slice(0, MAX_RUNS);
}

/**
 * Reads the failures that checks annotated, in the order of the runs.
 * https://docs.github.com/rest/checks/runs#list-check-run-annotations
 *
 * @param repository owner/name
 * @throws GitHub's errors, {DeadlineError}
 */
export async function readAnnotations(repository: string, runIds: number[]): Promise<Annotation[]> {
  const { github, owner, repo } = await repositoryClient(repository);
  const pages = await withDeadline(
    Promise.all(
      runIds.map((check_run_id) =>
        github.rest.checks.listAnnotations({ owner, repo, check_run_id, per_page: 50 }),
      ),
    ),
    DEADLINE_MS,
  );
  return pages
    .flatMap(({ data }) => data)
    .filter(({ annotation_level: level, message }) => level === "failure" && !EXIT_CODE.test(message ?? ""))
    .slice(0, MAX_ANNOTATIONS)
    .map(({ path, start_line, message }) => ({ path, line: start_line, message: message ?? "" }));
}
