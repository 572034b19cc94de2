import { z } from "zod";
import type { Config } from "../../shared/config.ts";
import {
  type GitHubClient,
  hasStatus,
  NotInstalledError,
  repositoryClient,
} from "../../shared/github/installation-client.ts";
import { escapeText } from "../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { defineCommand, isExactly } from "./define-command.ts";
import { longTask } from "./long-task.ts";

/** Counts how much of the configured trees is converted to TypeScript. */
export const countTypescript = defineCommand({
  usage: "`typescript`",
  help: "how far the conversion to TypeScript is",
  forMembers: true,
  parse: isExactly("typescript"),
  async run({ event, target, app }) {
    const opening = { text: "Counting TypeScript files …" };
    const task = {
      kind: "count-typescript",
      event,
      target,
      opening,
      progress: z.null(),
      initialProgress: null,
    };
    await longTask(task, async () => conversionMessage(await countTrees(app.config.typescript)));
  },
});

async function countTrees({ trees, ignored }: Config["typescript"]): Promise<TreeConversion[]> {
  const counted: TreeConversion[] = [];
  for (const { repository, path } of trees) {
    const files = await listFiles(repository, path);
    counted.push({ repository, path, conversion: files && countConversion(files, ignored) });
  }
  return counted;
}

/** Number of files by language. */
interface Conversion {
  typescript: number;
  javascript: number;
}

interface TreeConversion {
  /** owner/name */
  repository: string;
  /** Folder in the repository. */
  path: string;
  /** null if GitHub finds no such repository or folder. */
  conversion: Conversion | null;
}

/**
 * Counts how much of a tree is converted to TypeScript. Declarations count as neither: they describe code that is elsewhere. Pure.
 *
 * @param paths of the files, relative to the tree
 * @param ignored paths in the tree; a path without a slash is the name of a folder at any depth
 */
export function countConversion(paths: string[], ignored: Config["typescript"]["ignored"]): Conversion {
  const counted = paths.filter((path) => !ignored.some((each) => isUnder(path, each)));
  const count = (pattern: RegExp) => counted.filter((path) => pattern.test(path)).length;
  return { typescript: count(/(?<!\.d)\.tsx?$/), javascript: count(/\.jsx?$/) };
}

function isUnder(path: string, ignored: string): boolean {
  const folder = ignored.replace(/^\/+|\/+$/g, "");
  if (path === folder || path.startsWith(`${folder}/`)) return true;
  return !folder.includes("/") && path.includes(`/${folder}/`);
}

/** The share of TypeScript files, in total and by tree. Pure. */
export function conversionMessage(trees: TreeConversion[]): SlackMessage {
  const total = { typescript: 0, javascript: 0 };
  for (const { conversion } of trees) {
    total.typescript += conversion?.typescript ?? 0;
    total.javascript += conversion?.javascript ?? 0;
  }
  return { text: [`*TypeScript:* ${formatShare(total)}`, ...trees.map(formatTree)].join("\n") };
}

function formatTree({ repository, path, conversion }: TreeConversion): string {
  const tree = `\`${escapeText(repository)}\` \`${escapeText(path)}\``;
  return `• ${tree}: ${conversion ? formatShare(conversion) : "GitHub shows me no such folder"}`;
}

/** Rounded down, so that 100 % means all files. */
function formatShare({ typescript, javascript }: Conversion): string {
  const all = typescript + javascript;
  if (all === 0) return "no files";
  const percent = Math.floor((typescript / all) * 1000) / 10;
  const format = (number: number) => number.toLocaleString("en-US");
  return `${percent} % (${format(typescript)} of ${format(all)} files, ${format(javascript)} to go)`;
}

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
async function listFiles(repository: string, path: string): Promise<string[] | null> {
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
