import { commitsBetween } from "../../shared/github/compare-commits.ts";
import { isUnknownCommit } from "../../shared/github/github-error.ts";
import { log } from "../../shared/observability/log.ts";
import type { ProductionDeploy } from "./decide.ts";

/**
 * Lists the commits that a deploy adds to production. A rollback adds none. If the previous commit is missing, or GitHub does not have
 * one of the two, only the deployed commit is returned.
 *
 * @param repository owner/name
 * @throws GitHub's other errors
 */
export async function deployedShas(
  { sha, previousSha, subject }: Pick<ProductionDeploy, "sha" | "previousSha" | "subject">,
  repository: string,
): Promise<string[]> {
  if (!previousSha) return [sha];
  try {
    return (await commitsBetween(repository, previousSha, sha)).map((commit) => commit.sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { deploy: subject, sha, previousSha };
    log(
      "WARNING",
      "GitHub cannot compare the commits of a deploy; only the deployed commit is updated",
      fields,
    );
    return [sha];
  }
}
