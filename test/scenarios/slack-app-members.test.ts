import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  beginTask,
  changeTask,
  claimTask,
  LeaseLostError,
  renewLease,
} from "../../functions/slack-app/long-task.ts";
import { mention } from "../../infra/emulators/slack/interactions/callbacks.ts";
import type { WorkspaceUser } from "../../infra/emulators/slack/workspace.ts";
import { githubField, workspaceUser } from "../../infra/local/seed/slack.ts";
import { database } from "../../shared/database/database.ts";
import { processedEvents, users } from "../../shared/database/schema.ts";
import { rememberMessage } from "../../shared/database/slack-messages.ts";
import { linkGitHub, saveMember } from "../../shared/database/users.ts";
import { slackClient } from "../../shared/slack/call-slack.ts";
import { withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();
let everybody: WorkspaceUser[];
beforeAll(async () => {
  everybody = structuredClone(conversation.slack.workspace.users);
});
beforeEach(async () => {
  conversation.slack.workspace.users = structuredClone(everybody);
  await database().delete(users);
});

function change(id: string, changes: Partial<WorkspaceUser>, field?: string) {
  const user = conversation.slack.workspace.users.find((candidate) => candidate.id === id);
  if (!user) throw new Error(`The workspace has no user ${id}`);
  Object.assign(user, changes);
  if (field !== undefined) user.profile.fields = { [githubField]: { value: field, alt: "" } };
}

async function loginOf(slackUser: string): Promise<string | null | undefined> {
  const [row] = await database().select().from(users).where(eq(users.slackUser, slackUser));
  return row?.githubUser;
}

const calls = (method: string) => conversation.slack.calls().filter((call) => call.method === method).length;

describe("a changed profile", () => {
  it("links the GitHub login that it names, and the next one when it changes", async () => {
    await conversation.changeProfile("U0JONAS");
    expect(await loginOf("U0JONAS")).toBe("jonas-lindqvist");
    change("U0JONAS", {}, "@jonas2");
    await conversation.changeProfile("U0JONAS");
    expect(await loginOf("U0JONAS")).toBe("jonas2");
  });

  it("without a login keeps the one that was linked before", async () => {
    const lena = await saveMember(database(), { slackUser: "U0LENA", email: "lena.fischer@sentry.io" });
    await linkGitHub(database(), lena.id, "lena-fischer");
    await conversation.changeProfile("U0LENA");
    expect(await loginOf("U0LENA")).toBe("lena-fischer");
  });

  it("without news makes no request to Slack", async () => {
    await conversation.changeProfile("U0MIRA");
    const before = calls("users.profile.get");
    await conversation.changeProfile("U0MIRA");
    expect(calls("users.profile.get")).toBe(before);
  });

  it("leaves a login with the member it is linked to", async () => {
    await conversation.changeProfile("U0MIRA");
    change("U0LENA", {}, "Mira-Okafor");
    await conversation.changeProfile("U0LENA");
    expect([await loginOf("U0MIRA"), await loginOf("U0LENA")]).toEqual(["mira-okafor", null]);
  });

  it.each<[string, Partial<WorkspaceUser>]>([
    ["deactivated", { deleted: true }],
    ["a guest", { is_restricted: true }],
  ])("of a person who is now %s frees their login for others", async (_, changes) => {
    await conversation.changeProfile("U0MIRA");
    change("U0MIRA", changes);
    await conversation.changeProfile("U0MIRA");
    expect(await loginOf("U0MIRA")).toBeUndefined();
    change("U0LENA", {}, "mira-okafor");
    await conversation.changeProfile("U0LENA");
    expect(await loginOf("U0LENA")).toBe("mira-okafor");
  });

  it.each(["U0OUTSIDE", "U0NEW", "U0GUEST", "U0BOT"])(
    "of %s, who is not a member, is not stored",
    async (user) => {
      await conversation.changeProfile(user);
      expect(await database().select().from(users)).toEqual([]);
    },
  );
});

describe("sync slack users", () => {
  const command = "<@U0BOT> sync slack users";
  const sync = (times = 1) => conversation.say({ user: "U0MIRA", channel: "C0ENG", text: command, times });
  const replies = (ts: string) => conversation.said("C0ENG").filter(({ thread_ts }) => thread_ts === ts);

  /** More members than a page has. */
  function enlarge(number: number) {
    const more = Array.from({ length: number }, (_, n) =>
      workspaceUser(`U1${String(n).padStart(4, "0")}`, `Person ${n}`, {
        email: `person.${n}@sentry.io`,
        fields: { [githubField]: { value: `person-${n}`, alt: "" } },
      }),
    );
    conversation.slack.workspace.users.push(...more);
  }

  it("stores every member with the login in their profile, and ends with their number", async () => {
    const asked = await sync();
    expect(replies(asked.ts)).toMatchObject([{ text: "Synced Slack users: 5 members updated." }]);
    const rows = await database().select().from(users).orderBy(users.email);
    expect(rows.map(({ email, githubUser }) => [email, githubUser])).toEqual([
      ["ines.duarte@sentry.io", null],
      ["jonas.lindqvist@sentry.io", "jonas-lindqvist"],
      ["lena.fischer@sentry.io", null],
      ["mira.okafor@sentry.io", "mira-okafor"],
      ["tomas.novak@sentry.io", null],
    ]);
  });

  it("pages through a large workspace, and shows its progress in one message", async () => {
    enlarge(250);
    const before = conversation.slack.calls().length;
    const asked = await sync();
    const done = conversation.slack.calls().slice(before);
    const texts = done
      .filter(({ method }) => method === "chat.update")
      .map((call) => String(call.arguments.text));
    expect(
      done.filter(({ method }) => method === "users.list").map((call) => Number(call.arguments.limit)),
    ).toEqual([200, 200]);
    expect(texts[0]).toMatch(/^Syncing Slack users … \d+ users seen, \d+ members updated$/);
    expect(texts.at(-1)).toBe("Synced Slack users: 255 members updated.");
    expect(texts.length).toBeLessThan(20);
    expect(replies(asked.ts)).toHaveLength(1);
    expect(await loginOf("U10249")).toBe("person-249");
  });

  it("names the members whose login stayed with another member", async () => {
    const tomas = await saveMember(database(), { slackUser: "U0TOMAS", email: "tomas.novak@sentry.io" });
    await linkGitHub(database(), tomas.id, "mira-okafor");
    const asked = await sync();
    expect(replies(asked.ts)).toMatchObject([
      {
        text: "Synced Slack users: 5 members updated. The GitHub login in 1 profile is linked to somebody else already, and was left with them.",
      },
    ]);
  });

  it("waits for the time that Slack names when the rate is limited", async () => {
    conversation.slack.faults.add({ method: "users.list", kind: "rate-limit", retryAfter: 1, times: 1 });
    conversation.slack.faults.add({
      method: "users.profile.get",
      kind: "rate-limit",
      retryAfter: 2,
      times: 1,
      after: 2,
    });
    const started = Date.now();
    const asked = await sync();
    expect(Date.now() - started).toBeGreaterThan(3000);
    expect(replies(asked.ts)).toMatchObject([{ text: "Synced Slack users: 5 members updated." }]);
  });

  it("continues with the page at which it was interrupted", async () => {
    enlarge(250);
    conversation.slack.faults.add({ method: "users.profile.get", kind: "drop-before", times: 1, after: 230 });
    const before = calls("users.profile.get");
    const asked = await sync();
    expect(replies(asked.ts)).toMatchObject([{ text: "Synced Slack users: 255 members updated." }]);
    // The second page is requested twice, because it was interrupted; the first only once.
    expect(calls("users.profile.get") - before).toBeGreaterThan(255);
    expect(calls("users.profile.get") - before).toBeLessThan(255 + 200);
  });

  it("posts one message when Slack sends the command five times at once and responds late", async () => {
    conversation.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    const before = calls("users.list");
    const asked = await sync(5);
    expect(replies(asked.ts)).toMatchObject([{ text: "Synced Slack users: 5 members updated." }]);
    expect(calls("users.list") - before).toBe(1);
  });

  it("continues with the next delivery when its instance died", async () => {
    const { workspace } = conversation.slack;
    const asked = conversation.slack.write({ user: "U0MIRA", channel: "C0ENG", text: command });
    const body = mention(workspace, asked);
    const slack = await slackClient();
    const { ts = "" } = await slack.chat.postMessage({
      channel: "C0ENG",
      thread_ts: asked.ts,
      text: "Syncing",
    });
    // State of the first delivery: it posted its first message, and its lease is about to end.
    await database()
      .insert(processedEvents)
      .values({ subscriber: "slack-app", eventId: body.event_id, doneAt: new Date() });
    const progress = { cursor: "", seen: 0, updated: 0, conflicts: 0 };
    const context = { done: false, holder: "dead", leasedUntil: Date.now() + 100, progress };
    await rememberMessage(database(), {
      type: "sync-users",
      ref: body.event_id,
      channel: "C0ENG",
      ts,
      context,
    });
    await conversation.deliver(body, 3);
    expect(replies(asked.ts)).toMatchObject([{ ts, text: "Synced Slack users: 5 members updated." }]);
    expect(Date.now()).toBeGreaterThan(context.leasedUntil);
  });

  it("of an attempt that lost its lease changes nothing any more", async () => {
    const place = { channel: "C0ENG", ts: "1.fenced" };
    const task = { kind: "fenced", eventId: "fenced", message: place, holder: "first", progress: 0 };
    await database().transaction((tx) => beginTask(tx, task));
    const claimed = (holder: string) => claimTask({ kind: "fenced", eventId: "fenced", holder }, z.number());
    const first = await claimed("first");
    if (!first) throw new Error("The task is missing");
    await changeTask(first, place, { leasedUntil: 0 });
    const second = await claimed("second");
    expect(second).toMatchObject({ holder: "second", progress: 0 });
    for (const write of [
      () => changeTask(first, place, { progress: 1 }),
      () => changeTask(first, place, { done: true }),
      () => changeTask(first, place, { leasedUntil: 0 }),
      () => renewLease(first),
    ])
      await expect(write()).rejects.toThrow(LeaseLostError);
    expect(await claimed("third")).toMatchObject({ holder: "second", progress: 0, done: false });
  });

  it("does not start a second time while it is in progress", async () => {
    conversation.slack.faults.add({ method: "users.list", kind: "delay", delayMs: 3000, times: 1 });
    const [one, other] = await Promise.all([sync(), sync()]);
    const texts = [...replies(one.ts), ...replies(other.ts)].map(({ text }) => text);
    expect(texts.sort()).toEqual([
      "Slack users are being synced already.",
      "Synced Slack users: 5 members updated.",
    ]);
  });
});
