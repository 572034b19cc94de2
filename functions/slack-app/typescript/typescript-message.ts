import { escapeText } from "../../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";
import type { Conversion } from "./conversion.ts";

export interface TreeConversion {
  /** owner/name */
  repository: string;
  /** In the repository. */
  path: string;
  /** null when GitHub shows no such repository or folder. */
  conversion: Conversion | null;
}

export const counting: SlackMessage = { text: "Counting TypeScript files …" };

/** How far the conversion is, in total and by tree. Pure. */
export function typescriptMessage(trees: TreeConversion[]): SlackMessage {
  const total = { typescript: 0, javascript: 0 };
  for (const { conversion } of trees) {
    total.typescript += conversion?.typescript ?? 0;
    total.javascript += conversion?.javascript ?? 0;
  }
  return { text: [`*TypeScript:* ${share(total)}`, ...trees.map(line)].join("\n") };
}

function line({ repository, path, conversion }: TreeConversion): string {
  const where = `\`${escapeText(repository)}\` \`${escapeText(path)}\``;
  return `• ${where}: ${conversion ? share(conversion) : "GitHub shows me no such folder"}`;
}

/** Rounded down: all is only said when all is done. */
function share({ typescript, javascript }: Conversion): string {
  const all = typescript + javascript;
  if (all === 0) return "no files";
  const percent = Math.floor((typescript / all) * 1000) / 10;
  const count = (number: number) => number.toLocaleString("en-US");
  return `${percent} % (${count(typescript)} of ${count(all)} files, ${count(javascript)} to go)`;
}
