import type { SlackMessage } from "../../../shared/slack/slack-message.ts";

/** How far a sync is. */
export interface SyncProgress {
  /** Where Slack's list of users goes on; empty at its beginning. */
  cursor: string;
  /** Users of the workspace that were looked at, members or not. */
  seen: number;
  /** Members that were stored. */
  updated: number;
  /** Members whose profile names a login that is linked to somebody else. */
  conflicts: number;
}

export const nothingSynced: SyncProgress = { cursor: "", seen: 0, updated: 0, conflicts: 0 };

export const alreadySyncing: SlackMessage = { text: "Slack users are being synced already." };

export function syncing({ seen, updated }: SyncProgress): SlackMessage {
  if (seen === 0) return { text: "Syncing Slack users …" };
  return {
    text: `Syncing Slack users … ${counted(seen, "user")} seen, ${counted(updated, "member")} updated`,
  };
}

export function synced({ updated, conflicts }: SyncProgress): SlackMessage {
  const left =
    conflicts === 0
      ? ""
      : ` The GitHub login in ${counted(conflicts, "profile")} is linked to somebody else already, and was left with them.`;
  return { text: `Synced Slack users: ${counted(updated, "member")} updated.${left}` };
}

function counted(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}
