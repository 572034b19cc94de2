import type { LocalMessage } from "../../infra/emulators/slack/workspace.ts";

/** A message as its reader sees it. */
export interface Shown {
  /** Its text as mrkdwn; the text of its blocks if it has any. */
  says: string;
  /** Colour of the attachment's bar. */
  color?: string;
  /** Texts of the attachment, block by block. */
  attached?: string[];
  /** Labels of its buttons. */
  buttons?: string[];
  /** Messages of its thread. */
  thread?: Shown[];
}

interface Block {
  type?: string;
  text?: { text?: string };
  elements?: { type?: string; text?: string | { text?: string }; alt_text?: string }[];
}

/** Messages of a channel or direct message, oldest first, with their threads. */
export function conversation(messages: LocalMessage[], channel: string): Shown[] {
  const here = messages.filter(
    (message) => message.channel === channel && message.ephemeral_to === undefined,
  );
  const replies = (ts: string) => here.filter(({ thread_ts }) => thread_ts === ts);
  return here
    .filter(({ thread_ts }) => thread_ts === undefined)
    .map((message) => {
      const thread = replies(message.ts).map(renderMessage);
      return { ...renderMessage(message), ...(thread.length > 0 && { thread }) };
    });
}

export function renderMessage({ text, blocks, attachments }: LocalMessage): Shown {
  const own = (blocks as Block[]).flatMap(textsOf);
  const [attachment] = attachments as { color?: string; blocks?: Block[] }[];
  const attached = (attachment?.blocks ?? []).flatMap(textsOf);
  const buttons = [...(blocks as Block[]), ...(attachment?.blocks ?? [])].flatMap(buttonsOf);
  return {
    says: own.length > 0 ? own.join("\n") : text,
    ...(attachment?.color !== undefined && { color: attachment.color }),
    ...(attached.length > 0 && { attached }),
    ...(buttons.length > 0 && { buttons }),
  };
}

function textsOf({ type, text, elements = [] }: Block): string[] {
  if (type === "actions") return [];
  if (type === "context")
    return [
      elements
        .map((element) => (typeof element.text === "string" ? element.text : ""))
        .join(" ")
        .trim(),
    ];
  return text?.text === undefined ? [] : [text.text];
}

function buttonsOf({ type, elements = [] }: Block): string[] {
  if (type !== "actions") return [];
  return elements.map(({ text }) => (typeof text === "object" ? (text.text ?? "") : ""));
}
