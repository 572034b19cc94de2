import { z } from "zod";
import { block } from "./block.ts";
import { findDuplicateIds } from "./duplicate-ids.ts";
import { findProblems } from "./problems.ts";

/** https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_MESSAGE_BLOCKS = 50;
export const MAX_VIEW_BLOCKS = 100;

/**
 * What Slack would say against a list of blocks.
 *
 * @param pointer JSON pointer of the list among the method's arguments
 * @param maximum how many blocks fit there
 * @returns lines of `response_metadata.messages`; none for blocks that can be shown
 */
export function checkBlocks(blocks: unknown[], pointer = "/blocks", maximum = MAX_MESSAGE_BLOCKS): string[] {
  const wrong = findProblems(z.array(block).max(maximum), blocks, pointer);
  return wrong.length > 0 ? wrong : findDuplicateIds(blocks, pointer);
}
