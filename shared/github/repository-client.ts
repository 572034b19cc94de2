import { type GitHubClient, installationClient } from "./installation-client.ts";

/** Thrown when a repository is to be read in whose organization the GitHub App is not installed. */
export class NotInstalledError extends Error {
  override name = "NotInstalledError";
}

/**
 * A client for a repository with the parameters that its calls need.
 *
 * @param repository owner/name
 * @throws {NotInstalledError}
 */
export async function repositoryClient(
  repository: string,
): Promise<{ github: GitHubClient; owner: string; repo: string }> {
  const [owner = "", repo = ""] = repository.split("/");
  const github = await installationClient(owner);
  if (!github)
    throw new NotInstalledError(
      `The GitHub App is not installed in ${owner}: install it to have ${repository} read`,
    );
  return { github, owner, repo };
}
