import { repositoryClient } from "../../../shared/github/repository-client.ts";
import type { PullRequestReference } from "./pull-request-url.ts";

/** What a run can be before it is completed, in the order in which it is: one that goes on meanwhile is found later, not missed. */
const unfinished = ["requested", "pending", "waiting", "queued", "in_progress"] as const;
const PAGE_SIZE = 100;

export interface WorkflowRun {
  id: number;
  /** The workflow's. */
  name: string;
}

export interface Head {
  branch: string;
  sha: string;
  /** owner/name; null when the fork is gone. */
  repository: string | null;
}

/** The head of a pull request. @returns null when GitHub knows no such pull request @throws what GitHub answers otherwise */
export async function headOf({ owner, repo, number }: PullRequestReference): Promise<Head | null> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    const { data } = await github.rest.pulls.get({ owner, repo, pull_number: number });
    const { ref, sha, repo: from } = data.head;
    // Of a fork that is gone there is no repository, whatever the types say.
    return { branch: ref, sha, repository: (from as { full_name: string } | null)?.full_name ?? null };
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}

/**
 * The workflow runs of a head's branch that are not completed. Branches of several repositories may have the same name.
 * Asked for by status, since of the runs of a branch GitHub lists no more than the newest 1,000:
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 *
 * @throws what GitHub answers
 */
export async function unfinishedRuns(
  { owner, repo }: Pick<PullRequestReference, "owner" | "repo">,
  head: Head,
): Promise<WorkflowRun[]> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  const found = new Map<number, WorkflowRun>();
  for (const status of unfinished) {
    const parameters = { owner, repo, branch: head.branch, status, per_page: PAGE_SIZE };
    const runs = await github.paginate(github.rest.actions.listWorkflowRunsForRepo, parameters);
    for (const run of runs) {
      if (run.status === "completed" || !isOf(head, run)) continue;
      found.set(run.id, { id: run.id, name: run.name ?? `run ${run.id}` });
    }
  }
  return [...found.values()];
}

interface RunOrigin {
  head_sha: string;
  head_repository: { full_name: string } | null;
}

/** Runs of forks that are gone name no repository: then only the commit tells whose they are. */
function isOf({ repository, sha }: Head, { head_repository, head_sha }: RunOrigin): boolean {
  if (repository === null || !head_repository) return head_sha === sha;
  return head_repository.full_name.toLowerCase() === repository.toLowerCase();
}

/**
 * Cancels a run; one that is completed meanwhile is as good as cancelled.
 *
 * @throws what GitHub answers
 */
export async function cancelRun(
  { owner, repo }: Pick<PullRequestReference, "owner" | "repo">,
  { id }: WorkflowRun,
) {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    // A conflict stays one: trying again would only take time.
    await github.rest.actions.cancelWorkflowRun({ owner, repo, run_id: id, request: { retries: 0 } });
  } catch (error) {
    if ((error as { status?: number }).status !== 409) throw error;
  }
}
