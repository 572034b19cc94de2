import { z } from "zod";
import { block } from "./block.ts";
import { findDuplicateIds } from "./duplicate-ids.ts";
import { findProblems } from "./problems.ts";

/** https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_MESSAGE_BLOCKS = 50;
export const MAX_VIEW_BLOCKS = 100;

/**
 * @param pointer JSON pointer of the list in the method's arguments
 * @param maximum number of blocks
 * @returns the problems of a list of blocks, as lines of `response_metadata.messages`; empty if Slack accepts the blocks
 */
export function checkBlocks(blocks: unknown[], pointer = "/blocks", maximum = MAX_MESSAGE_BLOCKS): string[] {
  const found = findProblems(z.array(block).max(maximum), blocks, pointer);
  return found.length > 0 ? found : findDuplicateIds(blocks, pointer);
}
