import { z } from "zod";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";

export const syncProgress = z.object({
  /** Where Slack's list of users continues; empty at the beginning. */
  cursor: z.string(),
  /** Users of the workspace that were read, members or not. */
  seen: z.number(),
  /** Members that were stored. */
  updated: z.number(),
  /** Members whose profile names a login that is linked to another user. */
  conflicts: z.number(),
});
export type SyncProgress = z.infer<typeof syncProgress>;

export const nothingSynced: SyncProgress = { cursor: "", seen: 0, updated: 0, conflicts: 0 };

export const alreadySyncing: SlackMessage = { text: "Slack users are being synced already." };

export function syncing({ seen, updated }: SyncProgress): SlackMessage {
  if (seen === 0) return { text: "Syncing Slack users …" };
  return {
    text: `Syncing Slack users … ${count(seen, "user")} seen, ${count(updated, "member")} updated`,
  };
}

export function synced({ updated, conflicts }: SyncProgress): SlackMessage {
  const remark =
    conflicts === 0
      ? ""
      : ` The GitHub login in ${count(conflicts, "profile")} is linked to somebody else already, and was left with them.`;
  return { text: `Synced Slack users: ${count(updated, "member")} updated.${remark}` };
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
