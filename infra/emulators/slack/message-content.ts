import { type Arguments, readText } from "./arguments.ts";
import { checkAttachments } from "./block-kit/check-attachments.ts";
import { checkBlocks } from "./block-kit/check-blocks.ts";
import { SlackError } from "./errors.ts";
import type { LocalMessage } from "./workspace.ts";

/** https://docs.slack.dev/reference/methods/chat.postMessage#truncating. Slack truncates a longer text silently; the emulator rejects it. */
const MAX_TEXT = 40_000;
/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const MAX_ATTACHMENTS = 100;
/** Length of all blocks as JSON. Slack does not document it; the number was measured in https://github.com/slackapi/bolt-js/issues/2509 */
const MAX_BLOCKS_LENGTH = 13_200;

/**
 * Validates the given parts of a message.
 *
 * @throws {SlackError} with an error code of chat.postMessage
 */
export function readContent(
  given: Arguments,
): Partial<Pick<LocalMessage, "text" | "blocks" | "attachments">> {
  const text = readText(given.text);
  const blocks = readList(given.blocks, "invalid_blocks_format");
  const attachments = readList(given.attachments, "invalid_attachments");
  if (text !== undefined && text.length > MAX_TEXT) throw new SlackError("msg_too_long");
  if (blocks) throwOnProblems("invalid_blocks", checkBlocks(blocks));
  if (blocks && JSON.stringify(blocks).length > MAX_BLOCKS_LENGTH)
    throw new SlackError("msg_blocks_too_long");
  if (attachments && attachments.length > MAX_ATTACHMENTS) throw new SlackError("too_many_attachments");
  if (attachments) throwOnProblems("invalid_attachments", checkAttachments(attachments));
  return {
    ...(text !== undefined && { text }),
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
  };
}

/** @throws {SlackError} if there are problems */
export function throwOnProblems(error: string, problems: string[]) {
  if (problems.length > 0) throw new SlackError(error, problems);
}

function readList(value: unknown, error: string): unknown[] | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (!Array.isArray(value)) throw new SlackError(error);
  return value;
}
