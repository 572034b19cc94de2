import type { Config } from "../../../shared/config.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { longTask } from "../long-task.ts";
import type { ReplyTarget } from "../reply-target.ts";
import { conversionOf } from "./conversion.ts";
import { filesOfTree } from "./files-of-tree.ts";
import { counting, type TreeConversion, typescriptMessage } from "./typescript-message.ts";

/** Says how far the conversion of the configured trees to TypeScript is. */
export async function countTypescript(event: SlackEvent, place: ReplyTarget, { typescript }: Config) {
  const task = { kind: "count-typescript", event, place, opening: counting, start: null };
  await longTask(task, async () => typescriptMessage(await count(typescript)));
}

async function count({ trees, ignored }: Config["typescript"]): Promise<TreeConversion[]> {
  const counted: TreeConversion[] = [];
  for (const { name: repository, value: path } of trees) {
    const files = await filesOfTree(repository, path);
    counted.push({ repository, path, conversion: files && conversionOf(files, ignored) });
  }
  return counted;
}
