import { createHash } from "node:crypto";
import type { Repository } from "./state.ts";

/** https://docs.github.com/rest/git/trees#get-a-tree */
const MAX_ENTRIES = 100_000;

interface TreeEntry {
  path: string;
  mode: "100644" | "040000";
  type: "blob" | "tree";
  sha: string;
  size?: number;
  url: string;
}

/**
 * A tree of https://docs.github.com/rest/git/trees. Paths are relative to the tree.
 *
 * @param sha of the tree; the sha of the root is `treeSha(repository, "")`
 * @param recursive includes all levels, truncated at `treeLimit`
 * @returns undefined if there is no such tree
 */
export function treeJson(repository: Repository, sha: string, recursive: boolean) {
  const folder = listFolders(repository).find((path) => treeSha(repository, path) === sha);
  if (folder === undefined) return undefined;
  const below = entriesBelow(repository, folder);
  const listed = recursive ? below : below.filter(({ path }) => !path.includes("/"));
  const limit = recursive ? (repository.treeLimit ?? MAX_ENTRIES) : MAX_ENTRIES;
  return {
    sha,
    url: objectUrl(repository, "trees", sha),
    tree: listed.slice(0, limit),
    truncated: listed.length > limit,
  };
}

/** @param path of a folder; empty for the root */
export function treeSha(repository: Repository, path: string): string {
  return createHash("sha1").update(`${repository.fullName} tree ${path}`).digest("hex");
}

function entriesBelow(repository: Repository, folder: string): TreeEntry[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const trees = listFolders(repository)
    .filter((path) => path !== folder && path.startsWith(prefix))
    .map((path): TreeEntry => {
      const sha = treeSha(repository, path);
      const url = objectUrl(repository, "trees", sha);
      return { path: path.slice(prefix.length), mode: "040000", type: "tree", sha, url };
    });
  const blobs = (repository.files ?? [])
    .filter((path) => path.startsWith(prefix))
    .map((path): TreeEntry => {
      const sha = createHash("sha1").update(`${repository.fullName} blob ${path}`).digest("hex");
      const url = objectUrl(repository, "blobs", sha);
      return { path: path.slice(prefix.length), mode: "100644", type: "blob", sha, size: path.length, url };
    });
  return [...trees, ...blobs].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** All folders with files, the root first. */
function listFolders({ files = [] }: Repository): string[] {
  const parents = files.flatMap((path) => {
    const parts = path.split("/").slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  });
  return ["", ...new Set(parents)];
}

function objectUrl({ fullName }: Repository, kind: "trees" | "blobs", sha: string): string {
  return `https://api.github.com/repos/${fullName}/git/${kind}/${sha}`;
}
