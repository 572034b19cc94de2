import { describe, expect, it } from "vitest";
import { database } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import {
  checkedCommits,
  commitChecks,
  deploys,
  failedChecks,
  incidents,
  passedChecks,
  processedEvents,
  redeliveries,
  slackMessages,
} from "../../shared/database/schema.ts";
import { withDatabase } from "../../test/support/with-database.ts";
import { prune } from "./prune.ts";

withDatabase();

const now = new Date("2026-11-25T03:20:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000);
const run = (options: { hasTime?: () => boolean; batch?: number } = {}) =>
  prune({ now, hasTime: () => true, ...options });

const event = (eventId: string, first: number, done: number | null) => ({
  subscriber: "a-subscriber",
  eventId,
  firstAttemptAt: daysAgo(first),
  doneAt: done === null ? null : daysAgo(done),
});
const pass = (sha: string, days: number) => ({
  repository: "o/r",
  branch: "main",
  sha,
  startedAt: daysAgo(days),
  completedAt: daysAgo(days),
});
const checkedCommit = (sha: string, days: number) => ({
  repository: "o/r",
  branch: "main",
  sha,
  firstStartedAt: daysAgo(days),
  lastCompletedAt: daysAgo(days),
});
const failure = (sha: string, status: string, days: number) => ({
  repository: "o/r",
  branch: "main",
  sha,
  status,
  channel: "C0",
  eventId: sha,
  completedAt: daysAgo(days),
  receivedAt: daysAgo(days),
  updatedAt: daysAgo(days),
});
const redelivery = (guid: string, days: number) => ({
  guid,
  event: "push",
  deliveryId: "1",
  firstFailedAt: daysAgo(days),
  nextAttemptAt: daysAgo(days),
});
const deploy = (externalId: number, app: string, status: "finished" | "failed", days: number) => ({
  externalId,
  app,
  environment: "production",
  status,
  title: "",
  updatedAt: daysAgo(days),
});
const message = (ts: string, created: number, updated: number) => ({
  type: "test",
  ref: "ref",
  channel: "C0",
  ts,
  context: {},
  createdAt: daysAgo(created),
  updatedAt: daysAgo(updated),
});

describe("prune", () => {
  it("deletes what is older than its retention, and nothing else", async () => {
    await database()
      .insert(processedEvents)
      .values([
        event("done-31", 31, 31),
        event("done-29", 40, 29),
        event("failing-91", 91, null),
        event("failing-40", 40, null),
      ]);
    await database()
      .insert(slackMessages)
      .values([message("1.91", 91, 91), message("1.changed", 200, 89)]);
    await database()
      .insert(redeliveries)
      .values([redelivery("old", 91), redelivery("new", 89)]);
    const incident = (incidentId: string, days: number) => ({
      source: "report",
      incidentId,
      state: {},
      version: 1,
      updatedAt: daysAgo(days),
    });
    await database()
      .insert(incidents)
      .values([incident("old", 181), incident("new", 179)]);
    await database()
      .insert(passedChecks)
      .values([pass("a", 91), pass("b", 89)]);
    await database()
      .insert(checkedCommits)
      .values([checkedCommit("a", 91), checkedCommit("b", 89)]);
    await database()
      .insert(commitChecks)
      .values([
        { ...checkedCommit("a", 91), checkName: "build" },
        { ...checkedCommit("b", 89), checkName: "build" },
      ]);
    const [first] = await database()
      .insert(failedChecks)
      .values(failure("first", "fixed", 91))
      .returning();
    await database()
      .insert(failedChecks)
      .values([
        { ...failure("further", "failing", 91), firstFailureId: first?.id },
        failure("old", "fixed", 91),
        failure("red", "failing", 91),
        failure("new", "fixed", 89),
      ]);
    await database()
      .insert(deploys)
      .values([
        deploy(1, "web", "finished", 400),
        deploy(2, "web", "finished", 380),
        deploy(3, "web", "failed", 370),
        deploy(1, "api", "failed", 370),
      ]);

    expect(await run()).toEqual({
      deleted: {
        processed_events: 1,
        unfinished_events: 1,
        slack_messages: 1,
        incidents: 1,
        redeliveries: 1,
        passed_checks: 1,
        checked_commits: 1,
        commit_checks: 1,
        failed_checks: 1,
        deploys: 1,
      },
      complete: true,
    });
    const ids = async () => (await database().select().from(processedEvents)).map(({ eventId }) => eventId);
    expect((await ids()).sort()).toEqual(["done-29", "failing-40"]);
    expect((await database().select().from(slackMessages)).map(({ ts }) => ts)).toEqual(["1.changed"]);
    expect((await database().select().from(passedChecks)).map(({ sha }) => sha)).toEqual(["b"]);
    expect((await database().select().from(redeliveries)).map(({ guid }) => guid)).toEqual(["new"]);
    expect((await database().select().from(checkedCommits)).map(({ sha }) => sha)).toEqual(["b"]);
    expect((await database().select().from(commitChecks)).map(({ sha }) => sha)).toEqual(["b"]);
    // A check that still fails stays, and the failure whose thread it is in.
    expect((await database().select().from(failedChecks)).map(({ sha }) => sha).sort()).toEqual([
      "first",
      "further",
      "new",
      "red",
    ]);
    // The last finished deploy of web stays, and what came after it.
    expect(
      (await database().select().from(deploys)).map(({ app, externalId }) => `${app} ${externalId}`).sort(),
    ).toEqual(["api 1", "web 2", "web 3"]);
    expect((await run()).deleted).toEqual({
      processed_events: 0,
      unfinished_events: 0,
      slack_messages: 0,
      redeliveries: 0,
      incidents: 0,
      passed_checks: 0,
      checked_commits: 0,
      commit_checks: 0,
      failed_checks: 0,
      deploys: 0,
    });
  });

  it("keeps an event that a dead letter's replay delivers again after 24 days", async () => {
    const key = { subscriber: "a-subscriber", event: { id: "replayed" }, lock: "a lock" };
    await database()
      .insert(processedEvents)
      .values(event("replayed", 24, 24));
    await run();
    let works = 0;
    await processOnce(key, async () => void works++);
    expect(works).toBe(0);
  });

  it("run twice at once deletes every row once", async () => {
    await database()
      .insert(processedEvents)
      .values(Array.from({ length: 50 }, (_, index) => event(`twice-${index}`, 60, 60)));
    const summaries = await Promise.all([run({ batch: 7 }), run({ batch: 7 })]);
    await run();
    const counts = summaries.map(({ deleted }) => deleted.processed_events ?? 0);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBeLessThanOrEqual(50);
    const left = await database().select().from(processedEvents);
    expect(left.filter(({ eventId }) => eventId.startsWith("twice-"))).toEqual([]);
  });

  it("that ends in the middle keeps what it deleted, and the next run continues", async () => {
    await database()
      .insert(processedEvents)
      .values(Array.from({ length: 10 }, (_, index) => event(`part-${index}`, 60, 60)));
    let batches = 0;
    const first = await run({ batch: 4, hasTime: () => batches++ < 2 });
    expect(first).toMatchObject({ deleted: { processed_events: 8 }, complete: false });
    expect(await run({ batch: 4 })).toMatchObject({ deleted: { processed_events: 2 }, complete: true });
  });

  it("that is killed between any two statements is completed by the next run", async () => {
    let statements = 0;
    const count = () => {
      statements++;
      return true;
    };
    const expire = () =>
      Promise.all([
        database()
          .insert(processedEvents)
          .values([...[1, 2, 3].map((index) => event(`killed-${index}`, 60, 60)), event("kept", 1, 1)])
          .onConflictDoNothing(),
        database()
          .insert(slackMessages)
          .values(message(`1.${crypto.randomUUID()}`, 200, 200)),
        database().insert(redeliveries).values(redelivery(crypto.randomUUID(), 100)),
      ]);
    const countRows = () =>
      Promise.all([processedEvents, slackMessages, redeliveries].map((table) => database().$count(table)));
    await expire();
    await run({ batch: 2, hasTime: count });
    const kept = await countRows();
    for (let step = 1; step <= statements; step++) {
      await expire();
      let left = step;
      // Each statement commits by itself: a killed one has either done its work, or nothing.
      const hasTime = () => {
        if (left-- === 0) throw new Error("killed");
        return true;
      };
      if (step < statements) await expect(run({ batch: 2, hasTime })).rejects.toThrow("killed");
      expect(await run({ batch: 2 })).toMatchObject({ complete: true });
      expect(await countRows(), `killed after statement ${step}`).toEqual(kept);
      expect((await run({ batch: 2 })).deleted).toMatchObject({ processed_events: 0 });
    }
  });
});
