import { z } from "zod";
import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { forgetMember } from "../../shared/database/users.ts";
import { callSlack, slackErrorCode } from "../../shared/slack/call-slack.ts";
import { type SlackUser, toOrganizationMember } from "../../shared/slack/members.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { defineCommand, isExactly } from "./define-command.ts";
import { longTask, type Work } from "./long-task.ts";
import { fetchProfileLogin, hasLeft, syncMember } from "./member.ts";

/** Slack recommends at most 200: https://docs.slack.dev/reference/methods/users.list */
const PAGE = 200;
/** Slack allows about a hundred calls of users.profile.get per minute, then asks to wait for the rest of the minute. */
const LONGEST_WAIT_MS = 120_000;
/** Slack allows about one change of a message per second. */
const SHOW_EVERY_MS = 5_000;
/** A page that starts within this time ends within the function's timeout of 540 s. */
const LAST_START_MS = 360_000;

const syncProgress = z.object({
  /** Where Slack's list of users continues; empty at the beginning. */
  cursor: z.string(),
  /** Users of the workspace that were read, members or not. */
  seen: z.number(),
  /** Members that were stored. */
  updated: z.number(),
  /** Members whose profile names a login that is linked to another user. */
  conflicts: z.number(),
});
type SyncProgress = z.infer<typeof syncProgress>;

const nothingSynced: SyncProgress = { cursor: "", seen: 0, updated: 0, conflicts: 0 };

const alreadySyncing: SlackMessage = { text: "Slack users are being synced already." };

/** Thrown when one delivery has no time for all pages. The next delivery continues. */
class UnfinishedSyncError extends Error {
  override name = "UnfinishedSyncError";
}

/** Stores every member of the workspace and the GitHub login in their profile, and shows the progress. */
export const syncUsers = defineCommand({
  usage: "`sync slack users`",
  help: "updates what I know about everybody in Slack",
  forMembers: true,
  parse: isExactly("sync slack users"),
  async run({ event, target, app }) {
    const task = {
      kind: "sync-users",
      event,
      target,
      opening: syncing(nothingSynced),
      busy: alreadySyncing,
      progress: syncProgress,
      initialProgress: nothingSynced,
    };
    await longTask(task, async (work) => synced(await syncPages(work, app.config)));
  },
});

async function syncPages(work: Work<SyncProgress>, config: Config): Promise<SyncProgress> {
  const lastStart = Date.now() + LAST_START_MS;
  let progress = work.progress;
  for (;;) {
    const page = await listUsers(progress.cursor);
    if (page) progress = { ...(await syncPage(work, progress, page.members, config)), cursor: page.next };
    else progress = nothingSynced;
    if (page?.next === "") return progress;
    await work.saveProgress(progress);
    await work.showMessage(syncing(progress));
    if (Date.now() > lastStart) throw new UnfinishedSyncError(`${progress.seen} users were synced so far`);
  }
}

/** @returns null for a cursor that has expired, which happens to a saved cursor if the next attempt starts late */
async function listUsers(cursor: string): Promise<{ members: SlackUser[]; next: string } | null> {
  try {
    const { members = [], response_metadata } = await callSlack(
      (slack) => slack.users.list({ limit: PAGE, ...(cursor !== "" && { cursor }) }),
      { longestWaitMs: LONGEST_WAIT_MS },
    );
    return { members, next: response_metadata?.next_cursor ?? "" };
  } catch (error) {
    if (cursor === "" || slackErrorCode(error) !== "invalid_cursor") throw error;
    return null;
  }
}

async function syncPage(
  work: Work<SyncProgress>,
  before: SyncProgress,
  users: SlackUser[],
  config: Config,
): Promise<SyncProgress> {
  const progress = { ...before };
  let shownAt = Date.now();
  for (const user of users) {
    progress.seen++;
    const member = toOrganizationMember(user, config.emailDomain);
    if (member) {
      const login = await fetchProfileLogin(member.slackUser, config.slack.githubField, {
        longestWaitMs: LONGEST_WAIT_MS,
      });
      if (await syncMember(database(), member, login)) progress.conflicts++;
      progress.updated++;
    } else if (user.id && hasLeft(user)) await forgetMember(database(), user.id);
    if (Date.now() - shownAt < SHOW_EVERY_MS) continue;
    await work.showMessage(syncing(progress));
    shownAt = Date.now();
  }
  return progress;
}

function syncing({ seen, updated }: SyncProgress): SlackMessage {
  if (seen === 0) return { text: "Syncing Slack users …" };
  return {
    text: `Syncing Slack users … ${count(seen, "user")} seen, ${count(updated, "member")} updated`,
  };
}

function synced({ updated, conflicts }: SyncProgress): SlackMessage {
  const remark =
    conflicts === 0
      ? ""
      : ` The GitHub login in ${count(conflicts, "profile")} is linked to somebody else already, and was left with them.`;
  return { text: `Synced Slack users: ${count(updated, "member")} updated.${remark}` };
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
