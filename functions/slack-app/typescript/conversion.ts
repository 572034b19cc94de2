import type { Config } from "../../../shared/config.ts";
import { escapeText } from "../../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";

/** Number of files by language. */
export interface Conversion {
  typescript: number;
  javascript: number;
}

export interface TreeConversion {
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
