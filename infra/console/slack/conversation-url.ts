import type { Workspace } from "../../emulators/slack/workspace.ts";

/** Builds the path of a conversation's page. Direct messages have the user's id. */
export function buildConversationUrl(channel: string, { users }: Pick<Workspace, "users">): string {
  const person = users.find(({ id }) => `D${id.slice(1)}` === channel);
  return `/slack/${person?.id ?? channel}`;
}
