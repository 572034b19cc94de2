import type { KnownBlock, MessageAttachment } from "@slack/web-api";

/** What a message says, wherever it is posted. */
export interface SlackMessage {
  /** Shown in notifications and by screen readers; the whole message where there are no blocks. */
  text: string;
  blocks?: KnownBlock[];
  attachments?: MessageAttachment[];
}

/** Where a message is. */
export interface MessageRef {
  channel: string;
  /** Slack's id of a message in its channel. */
  ts: string;
}

/** Longest text of a section, https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const MAX_SECTION = 3000;
/** Most blocks of a message, https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_MESSAGE_BLOCKS = 50;
/** Most blocks of a modal or App Home. */
export const MAX_VIEW_BLOCKS = 100;
