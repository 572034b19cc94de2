import type { LocalMessage } from "../../emulators/slack/workspace.ts";

/** Finds the messages in which all words occur, newest first. The text of blocks and attachments counts. */
export function searchMessages(messages: LocalMessage[], search: string): LocalMessage[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return messages
    .filter((message) => {
      const text = collectText([message.text, message.blocks, message.attachments, message.channel_name]);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => Number(b.ts) - Number(a.ts));
}

/** Names of fields that people do not read. */
const hidden = ["type", "action_id", "block_id", "value", "image_url", "color", "style", "url"];

function collectText(value: unknown): string {
  if (typeof value === "string") return value.toLowerCase();
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([name, item]) => (hidden.includes(name) ? "" : collectText(item)))
    .join("\n");
}
