import { repositoryClient } from "../../shared/github/installation-client.ts";

/** GitHub merges a commit with these conclusions of its required checks, https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks */
const PASSING = new Set<string | null>(["success", "neutral", "skipped"]);

/**
 * Whether all required checks of a commit have passed. GitHub is asked about the others than the one that has just passed: of two checks
 * that complete at the same time, the event of the later one sees both. A name may be that of a check run or of a commit status.
 *
 * @param checks names of the required checks
 * @param passed name of the check that the event reports
 * @throws GitHub's errors
 */
export async function havePassed(
  repository: string,
  sha: string,
  checks: string[],
  passed: string,
): Promise<boolean> {
  const others = checks.filter((name) => name !== passed);
  if (others.length === 0) return true;
  const { github, owner, repo } = await repositoryClient(repository);
  // The newest run of each check. An App and GitHub Actions may have checks of the same name: all of them count.
  const runs = await github.paginate(github.rest.checks.listForRef, { owner, repo, ref: sha, per_page: 100 });
  const isMissing = (name: string) => !runs.some((run) => run.name === name);
  const havePassedRuns = others
    .filter((name) => !isMissing(name))
    .every((name) => runs.every((run) => run.name !== name || PASSING.has(run.conclusion)));
  const missing = others.filter(isMissing);
  if (!havePassedRuns || missing.length === 0) return havePassedRuns;
  // Newest first, https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference
  const statuses = await github.paginate(github.rest.repos.listCommitStatusesForRef, {
    owner,
    repo,
    ref: sha,
    per_page: 100,
  });
  return missing.every((name) => statuses.find(({ context }) => context === name)?.state === "success");
}
