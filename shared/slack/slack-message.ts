import type { KnownBlock, MessageAttachment } from "@slack/web-api";

/** Content of a message. */
export interface SlackMessage {
  /** Shown in notifications and by screen readers, and as the message itself if it has no blocks. */
  text: string;
  blocks?: KnownBlock[];
  attachments?: MessageAttachment[];
}

/** Identifies a message. */
export interface MessageRef {
  channel: string;
  /** Unique in the channel. */
  ts: string;
}

/** Maximum length of a section's text, https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const MAX_SECTION = 3000;
/** Maximum number of blocks of a message, https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_MESSAGE_BLOCKS = 50;
/** Maximum number of blocks of a modal or App Home. */
export const MAX_VIEW_BLOCKS = 100;

/** Colours of the bar beside an attachment. */
export const colors = {
  red: "#F55459",
  green: "#33BF9E",
  lightGreen: "#B6ECDF",
  neutral: "#C6BECF",
} as const;

export type Color = keyof typeof colors;
