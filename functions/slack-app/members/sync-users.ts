import type { Config } from "../../../shared/config.ts";
import { database } from "../../../shared/database/database.ts";
import { forgetMember } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { callSlack, refusalOf } from "../../../shared/slack/call-slack.ts";
import { organizationMember, type SlackUser } from "../../../shared/slack/members.ts";
import { longTask, type Work } from "../long-task.ts";
import type { ReplyTarget } from "../reply-target.ts";
import { profileLogin } from "./profile-login.ts";
import { hasLeft, syncMember } from "./sync-member.ts";
import { alreadySyncing, nothingSynced, type SyncProgress, synced, syncing } from "./sync-message.ts";

/** As Slack recommends at most: https://docs.slack.dev/reference/methods/users.list */
const PAGE = 200;
/** users.profile.get is allowed about a hundred times a minute, and Slack says to wait for the rest of it. */
const LONGEST_WAIT_MS = 120_000;
/** Progress is said at most this often: a message may be changed about once a second. */
const SAY_EVERY_MS = 5_000;
/** A page that is begun before has time to end within the function's 540 s. */
const ENOUGH_MS = 360_000;

/** Thrown when there are more pages than fit into the time of one delivery: the next one goes on. */
class UnfinishedSyncError extends Error {
  override name = "UnfinishedSyncError";
}

/** Brings what is known of everybody in the workspace up to date, and says how far it is. */
export async function syncUsers(event: SlackEvent, place: ReplyTarget, config: Config) {
  const task = {
    kind: "sync-users",
    event,
    place,
    opening: syncing(nothingSynced),
    busy: alreadySyncing,
    start: nothingSynced,
  };
  await longTask(task, async (work) => synced(await syncPages(work, config)));
}

async function syncPages(work: Work<SyncProgress>, config: Config): Promise<SyncProgress> {
  const enough = Date.now() + ENOUGH_MS;
  let progress = work.progress;
  for (;;) {
    const page = await usersAfter(progress.cursor);
    if (page) progress = { ...(await syncPage(work, progress, page.members, config)), cursor: page.next };
    else progress = nothingSynced;
    if (page?.next === "") return progress;
    await work.keep(progress);
    await work.say(syncing(progress));
    if (Date.now() > enough) throw new UnfinishedSyncError(`${progress.seen} users were seen so far`);
  }
}

/** @returns null for a cursor that is not valid any more: one was kept for a later attempt, and that came too late */
async function usersAfter(cursor: string): Promise<{ members: SlackUser[]; next: string } | null> {
  try {
    const { members = [], response_metadata } = await callSlack(
      (slack) => slack.users.list({ limit: PAGE, ...(cursor !== "" && { cursor }) }),
      { longestWaitMs: LONGEST_WAIT_MS },
    );
    return { members, next: response_metadata?.next_cursor ?? "" };
  } catch (error) {
    if (cursor === "" || refusalOf(error) !== "invalid_cursor") throw error;
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
  let said = Date.now();
  for (const user of users) {
    progress.seen++;
    const member = organizationMember(user, config.emailDomain);
    if (member) {
      const login = await profileLogin(member.slackUser, config.slackGitHubField, {
        longestWaitMs: LONGEST_WAIT_MS,
      });
      if (await syncMember(database(), member, login)) progress.conflicts++;
      progress.updated++;
    } else if (user.id && hasLeft(user)) await forgetMember(database(), user.id);
    if (Date.now() - said < SAY_EVERY_MS) continue;
    await work.say(syncing(progress));
    said = Date.now();
  }
  return progress;
}
