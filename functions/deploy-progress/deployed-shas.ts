import { commitsBetween } from "../../shared/github/commits-between.ts";
import { isUnknownCommit } from "../../shared/github/is-unknown-commit.ts";
import { log } from "../../shared/observability/log.ts";
import type { ProductionDeploy } from "./is-production-deploy.ts";

/**
 * The commits that a deploy brings: none when it goes back to an older one, only the deployed one itself where there is nothing to
 * compare it with, because it is the first deploy or because GitHub does not know a commit any more.
 *
 * @param repository owner/name
 * @throws what GitHub answers otherwise
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
    log(
      "WARNING",
      "GitHub does not know what a deploy is compared with: only the deployed commit is told about",
      {
        deploy: subject,
        sha,
        previousSha,
      },
    );
    return [sha];
  }
}
