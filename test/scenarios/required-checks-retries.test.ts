import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { database } from "../../shared/database/database.ts";
import { failedChecks, processedEvents } from "../../shared/database/schema.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import {
  CHANNEL,
  failing,
  green,
  requiredCheckActions,
  withRequiredChecks,
} from "../support/required-checks.ts";

const started = withRequiredChecks();
const { send, handle, channel, outcome } = requiredCheckActions(started);
afterEach(() => setJoined(true));

function setJoined(joined: boolean) {
  for (const candidate of started.slack.workspace.channels)
    if (candidate.id === CHANNEL) candidate.joined = joined;
}

function isJoined() {
  return started.slack.workspace.channels.find(({ id }) => id === CHANNEL)?.joined;
}

describe("in a public channel that the bot is not a member of", () => {
  beforeEach(() => setJoined(false));

  it("a retry joins the channel, and finds the message of the attempt that got no response", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await send(0, "failure");
    expect(await channel()).toHaveLength(1);
    expect(isJoined()).toBe(true);
  });

  it("a retry posts without a search if the app may not join", async () => {
    started.slack.faults.add({ method: "conversations.join", kind: "error", error: "missing_scope" });
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-before", times: 1 });
    await send(1, "failure");
    expect(await channel()).toMatchObject([{ says: expect.stringContaining("is failing") }]);
    await send(2, "success", 20);
    expect(await channel()).toMatchObject([{ color: colors.green }]);
  });
});

describe("a re-run of an older commit", () => {
  it("that passes does not call off the failure of a newer one", async () => {
    await handle(12, "failure");
    await handle(13, "failure");
    await handle(12, "success", 40);
    expect(await channel()).toMatchObject([{ ...green, thread: [failing] }]);
  });

  it("that passes does not hide a newer commit's failure, whose check began before", async () => {
    await handle(12, "failure");
    await handle(12, "success", 40);
    await handle(13, "failure");
    expect(await channel()).toMatchObject([green, failing]);
  });

  it("that fails after a newer one passed is not posted", async () => {
    await handle(12, "success");
    await handle(13, "success");
    await handle(12, "failure", 40);
    expect(await channel()).toEqual([]);
  });

  it("whose first run is reported late is in the order of that one", async () => {
    await handle(13, "failure");
    await handle(12, "cancelled", 40);
    await handle(12, "failure", 2);
    await handle(12, "success", 50);
    expect(await channel()).toMatchObject([{ ...failing, thread: [green] }]);
  });
});

describe("a service that is renamed in ci-tooling.yaml while its branch is red", () => {
  it("keeps its message, which lists later failures and turns green", async () => {
    await handle(13, "failure");
    await database().update(failedChecks).set({ service: "its former name" });
    await handle(14, "failure", 20);
    expect(await channel()).toMatchObject([{ ...failing, thread: [failing] }]);
    await handle(15, "success", 40);
    expect(await channel()).toMatchObject([{ ...green, thread: [expect.anything(), expect.anything()] }]);
  });
});

describe("a check without a verdict", () => {
  it.each(["skipped", "neutral", "cancelled", "stale"])("(%s) mends nothing", async (conclusion) => {
    await handle(13, "failure");
    await handle(14, conclusion, 20);
    await handle(13, conclusion, 30);
    expect(await channel()).toMatchObject([failing]);
  });
});

it("a pass on a fork's branch of the same name mends nothing", async () => {
  await handle(13, "failure");
  await handle(0, "success", 20, { sha: "f".repeat(40) });
  expect(await channel()).toMatchObject([failing]);
});

describe("missing jobs", () => {
  const jobs = { backend: "missing", frontend: "missing" };

  /** Moves the first sight of an event, which waits for its jobs, into the past. */
  async function waitTenMinutes(id: string) {
    const decision = { kind: "wait", since: new Date(Date.now() - 10 * 60_000).toISOString() };
    const changed = await database()
      .update(processedEvents)
      .set({ decision })
      .where(and(eq(processedEvents.subscriber, "required-checks"), eq(processedEvents.eventId, id)))
      .returning();
    expect(changed).toHaveLength(1);
  }

  it("are posted when they have not started ten minutes later", async () => {
    await handle(8, "failure", 8, { id: "missing-jobs", jobs });
    expect(await channel()).toEqual([]);
    await waitTenMinutes("missing-jobs");
    await handle(8, "failure", 8, { id: "missing-jobs", jobs });
    const [message] = await channel();
    expect(message).toMatchObject({ says: expect.stringContaining("Most of its jobs are missing") });
    expect(message?.thread).toHaveLength(1);
  });

  it("are not posted when the check has completed again", async () => {
    await handle(9, "failure", 9, { id: "started-late", jobs });
    await handle(9, "cancelled", 12);
    await waitTenMinutes("started-late");
    await handle(9, "failure", 9, { id: "started-late", jobs });
    expect(await channel()).toEqual([]);
  });
});

describe("an attempt that stored its decision and died, before another commit's event", () => {
  /** Slack responds to nothing: the decision is stored, and all attempts fail. */
  async function leaveAttempt(index: number, id: string, kind: "drop-after" | "drop-before") {
    started.slack.faults.add({ method: "chat.postMessage", kind, times: 1 });
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-before" });
    started.slack.faults.add({ method: "conversations.history", kind: "drop-before" });
    await handle(index, "failure", index, { id });
    expect(await outcome(id)).toMatchObject({ outcome: "dead-lettered" });
    started.slack.faults.clear();
  }

  it.each(["drop-after", "drop-before"] as const)(
    "(%s) gets one message, to whose thread the other commit's goes",
    async (kind) => {
      await leaveAttempt(20, `died-1-${kind}`, kind);
      await handle(21, "failure");
      await handle(20, "failure", 20, { id: `died-1-${kind}` });
      expect(await channel()).toMatchObject([{ ...failing, thread: [failing] }]);
      await send(22, "success", 40);
      expect(await channel()).toMatchObject([{ ...green, thread: [{ color: colors.neutral }, {}] }]);
    },
  );

  it("has its message turned green by a pass, although the message is not stored", async () => {
    await leaveAttempt(23, "died-2", "drop-after");
    await send(24, "success", 40);
    expect(await channel()).toMatchObject([green]);
  });

  it("before it posted, posts nothing once the branch has passed", async () => {
    await leaveAttempt(25, "died-3", "drop-before");
    await handle(26, "success", 50);
    await handle(25, "failure", 25, { id: "died-3" });
    expect(await channel()).toEqual([]);
  });

  it("is posted by a re-run of the same commit", async () => {
    await leaveAttempt(27, "died-4", "drop-before");
    await send(27, "failure", 50);
    expect(await channel()).toMatchObject([failing]);
  });
});

it("one event that is delivered five times at once has one message and one list of jobs", async () => {
  const run = { id: "at-once", jobs: { backend: "failure" } };
  started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
  await Promise.all(Array.from({ length: 5 }, () => send(28, "failure", 28, run)));
  const [message, ...more] = await channel();
  expect([more, message?.thread?.length]).toEqual([[], 1]);
});
