import { z } from "zod";
import { hasStatus } from "../../../shared/github/github-error.ts";
import { repositoryClient } from "../../../shared/github/installation-client.ts";

export interface PullRequestReference {
  /** Login of the owner. */
  owner: string;
  repo: string;
  number: number;
}

/** People keep the brackets of the usage text, format the address as code, or end the sentence with a full stop. */
const pagePattern =
  /^[<([`*_'"“‹«]*https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+)\/pull\/(\d{1,9})(?:[/?#]\S*|[>)\]`*_'"”›»…,.;:!?]*)(?:\s|$)/i;

/** Reads the address of a pull request's page, or of a page below it. @returns null for other addresses */
export function parsePullRequestUrl(url: string): PullRequestReference | null {
  const [, owner, repo, number] = pagePattern.exec(url) ?? [];
  if (owner === undefined || repo === undefined) return null;
  return { owner, repo, number: Number(number) };
}

/** Statuses before `completed`, in the order in which a run passes through them: a run that advances between two requests is found later. */
const unfinished = ["requested", "pending", "waiting", "queued", "in_progress"] as const;
const PAGE_SIZE = 100;

export const workflowRun = z.object({
  id: z.number(),
  /** Name of the workflow. */
  name: z.string(),
});
export type WorkflowRun = z.infer<typeof workflowRun>;

export interface Head {
  branch: string;
  sha: string;
  /** owner/name; null if the fork was deleted. */
  repository: string | null;
}

/** Reads the head of a pull request. @returns null if there is no such pull request @throws GitHub's other errors */
export async function readHead({ owner, repo, number }: PullRequestReference): Promise<Head | null> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    const { data } = await github.rest.pulls.get({ owner, repo, pull_number: number });
    const { ref, sha, repo: from } = data.head;
    // GitHub sends null for a deleted fork, contrary to the types.
    return { branch: ref, sha, repository: (from as { full_name: string } | null)?.full_name ?? null };
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/**
 * Lists the workflow runs of a head's branch that are not completed. Runs of a branch with the same name in another fork are left out.
 * One request per status, since GitHub lists only the newest 1,000 runs for a filter:
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 *
 * @throws GitHub's errors
 */
export async function listUnfinishedRuns(
  { owner, repo }: Pick<PullRequestReference, "owner" | "repo">,
  head: Head,
): Promise<WorkflowRun[]> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  const found = new Map<number, WorkflowRun>();
  for (const status of unfinished) {
    const parameters = { owner, repo, branch: head.branch, status, per_page: PAGE_SIZE };
    const runs = await github.paginate(github.rest.actions.listWorkflowRunsForRepo, parameters);
    for (const run of runs) {
      if (run.status === "completed" || !belongsTo(head, run)) continue;
      found.set(run.id, { id: run.id, name: run.name ?? `run ${run.id}` });
    }
  }
  return [...found.values()];
}

interface RunOrigin {
  head_sha: string;
  head_repository: { full_name: string } | null;
}

/** Runs of a deleted fork name no repository: then only the commit identifies them. */
function belongsTo({ repository, sha }: Head, { head_repository, head_sha }: RunOrigin): boolean {
  if (repository === null || !head_repository) return head_sha === sha;
  return head_repository.full_name.toLowerCase() === repository.toLowerCase();
}

/**
 * Cancels a run. A run that has completed in the meantime needs no cancelling.
 *
 * @throws GitHub's other errors
 */
export async function cancelRun(
  { owner, repo }: Pick<PullRequestReference, "owner" | "repo">,
  { id }: WorkflowRun,
) {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    // 409 means that the run has completed; a retry returns the same.
    await github.rest.actions.cancelWorkflowRun({ owner, repo, run_id: id, request: { retries: 0 } });
  } catch (error) {
    if (!hasStatus(error, 409)) throw error;
  }
}
