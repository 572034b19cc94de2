import { z } from "zod";
import type { Config } from "../../../shared/config.ts";
import { defineCommand, isExactly } from "../define-command.ts";
import { longTask } from "../long-task.ts";
import { conversionMessage, countConversion, type TreeConversion } from "./conversion.ts";
import { listFiles } from "./list-files.ts";

/** Counts how much of the configured trees is converted to TypeScript. */
export const countTypescript = defineCommand({
  usage: "`typescript`",
  help: "how far the conversion to TypeScript is",
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
  for (const { name: repository, value: path } of trees) {
    const files = await listFiles(repository, path);
    counted.push({ repository, path, conversion: files && countConversion(files, ignored) });
  }
  return counted;
}
