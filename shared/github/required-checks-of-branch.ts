import { repositoryClient } from "./installation-client.ts";

/** GitHub's maximum. */
const PAGE_SIZE = 100;

/**
 * Lists the checks that GitHub requires of a branch: by its protection, and by the active rulesets of the repository and the organization.
 * Neither request needs more than the right to read contents.
 * https://docs.github.com/rest/branches/branches#get-a-branch, https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 *
 * @param repository owner/name
 * @returns names, each once, sorted; none if nothing is required
 * @throws GitHub's errors, 404 for a repository or branch that GitHub does not show
 */
export async function readRequiredChecks(repository: string, branch: string): Promise<string[]> {
  const { github, owner, repo } = await repositoryClient(repository);
  const { data } = await github.rest.repos.getBranch({ owner, repo, branch });
  const rules = await github.paginate(github.rest.repos.getBranchRules, {
    owner,
    repo,
    branch,
    per_page: PAGE_SIZE,
  });
  const required = rules.flatMap((rule) =>
    rule.type === "required_status_checks" ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const names = [
    ...(data.protection.required_status_checks?.contexts ?? []),
    ...required.map(({ context }) => context),
  ];
  return [...new Set(names)].sort();
}
