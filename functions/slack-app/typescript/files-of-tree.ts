import type { GitHubClient } from "../../../shared/github/installation-client.ts";
import { NotInstalledError, repositoryClient } from "../../../shared/github/repository-client.ts";

interface Repository {
  github: GitHubClient;
  owner: string;
  repo: string;
}

/**
 * Paths of the files below a folder of a repository's default branch, relative to the folder.
 * https://docs.github.com/rest/git/trees#get-a-tree
 *
 * @param repository owner/name
 * @param path of the folder
 * @returns null when GitHub shows no such repository or folder
 * @throws what GitHub answers otherwise
 */
export async function filesOfTree(repository: string, path: string): Promise<string[] | null> {
  try {
    const at = await repositoryClient(repository);
    const { data } = await at.github.rest.repos.get({ owner: at.owner, repo: at.repo });
    const sha = await shaOfFolder(at, data.default_branch, path);
    return sha === null ? null : await filesBelow(at, sha);
  } catch (error) {
    if (error instanceof NotInstalledError || (error as { status?: number }).status === 404) return null;
    throw error;
  }
}

/** Goes down from the root: a tree is known by its sha only. */
async function shaOfFolder(at: Repository, root: string, path: string): Promise<string | null> {
  let sha = root;
  for (const name of path.split("/").filter(Boolean)) {
    const { entries } = await readTree(at, sha, false);
    const folder = entries.find((entry) => entry.path === name && entry.type === "tree");
    if (!folder) return null;
    sha = folder.sha;
  }
  return sha;
}

/** GitHub cuts off trees of more than 100,000 entries or 7 MB: then each folder in it is read by itself. */
async function filesBelow(at: Repository, sha: string): Promise<string[]> {
  const whole = await readTree(at, sha, true);
  if (!whole.truncated) return whole.entries.filter(({ type }) => type === "blob").map(({ path }) => path);
  const { entries } = await readTree(at, sha, false);
  const files = await Promise.all(
    // All at once: the client has at most ten requests under way.
    entries.map(async (entry) => {
      if (entry.type !== "tree") return entry.type === "blob" ? [entry.path] : [];
      return (await filesBelow(at, entry.sha)).map((file) => `${entry.path}/${file}`);
    }),
  );
  return files.flat();
}

async function readTree({ github, owner, repo }: Repository, sha: string, recursive: boolean) {
  const { data } = await github.rest.git.getTree({
    owner,
    repo,
    tree_sha: sha,
    ...(recursive && { recursive: "1" }),
  });
  return { entries: data.tree, truncated: data.truncated };
}
