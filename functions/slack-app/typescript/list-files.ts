import { hasStatus } from "../../../shared/github/github-error.ts";
import {
  type GitHubClient,
  NotInstalledError,
  repositoryClient,
} from "../../../shared/github/installation-client.ts";

interface Repository {
  github: GitHubClient;
  owner: string;
  repo: string;
}

/**
 * Lists the files below a folder of a repository's default branch, as paths relative to the folder.
 * https://docs.github.com/rest/git/trees#get-a-tree
 *
 * @param repository owner/name
 * @param path of the folder
 * @returns null if GitHub finds no such repository or folder
 * @throws GitHub's other errors
 */
export async function listFiles(repository: string, path: string): Promise<string[] | null> {
  try {
    const at = await repositoryClient(repository);
    const { data } = await at.github.rest.repos.get({ owner: at.owner, repo: at.repo });
    const sha = await findFolder(at, data.default_branch, path);
    return sha === null ? null : await listTree(at, sha);
  } catch (error) {
    if (error instanceof NotInstalledError || hasStatus(error, 404)) return null;
    throw error;
  }
}

/** Descends from the root, since GitHub identifies a tree by its sha only. */
async function findFolder(at: Repository, root: string, path: string): Promise<string | null> {
  let sha = root;
  for (const name of path.split("/").filter(Boolean)) {
    const { entries } = await readTree(at, sha, false);
    const folder = entries.find((entry) => entry.path === name && entry.type === "tree");
    if (!folder) return null;
    sha = folder.sha;
  }
  return sha;
}

/** GitHub truncates trees of more than 100,000 entries or 7 MB. Then each folder of the tree is read separately. */
async function listTree(at: Repository, sha: string): Promise<string[]> {
  const whole = await readTree(at, sha, true);
  if (!whole.truncated) return whole.entries.filter(({ type }) => type === "blob").map(({ path }) => path);
  const { entries } = await readTree(at, sha, false);
  const files = await Promise.all(
    // The client limits itself to ten requests in flight.
    entries.map(async (entry) => {
      if (entry.type !== "tree") return entry.type === "blob" ? [entry.path] : [];
      return (await listTree(at, entry.sha)).map((file) => `${entry.path}/${file}`);
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
