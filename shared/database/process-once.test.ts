import { eq, sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { withDatabase } from "../../test/support/with-database.ts";
import { database, inTransaction, lock, waitForLocks } from "./database.ts";
import { migrate } from "./migrate.ts";
import { decideOnce, processOnce } from "./process-once.ts";
import { processedEvents, slackMessages } from "./schema.ts";

withDatabase();

const key = (id: string, lock = "a lock") => ({ subscriber: "a-subscriber", event: { id }, lock });
const message = (ts: string) => ({ type: "test", ref: "ref", channel: "C0", ts, context: {} });
const stored = async (ts: string) =>
  (await database().select().from(slackMessages).where(eq(slackMessages.ts, ts))).length;

describe("an event", () => {
  it("is processed once if it is delivered five times in sequence", async () => {
    const retries: boolean[] = [];
    for (let time = 0; time < 5; time++)
      await processOnce(key("sequential"), async (attempt) => void retries.push(attempt.isRetry));
    expect(retries).toEqual([false]);
  });

  it("is processed once if it is delivered five times at once", async () => {
    let works = 0;
    const deliver = () =>
      processOnce(key("simultaneous"), async ({ tx }) => {
        works++;
        await tx.insert(slackMessages).values(message("1.simultaneous"));
      });
    await Promise.all(Array.from({ length: 5 }, deliver));
    expect([works, await stored("1.simultaneous")]).toEqual([1, 1]);
  });

  it("that failed leaves no writes, and its next attempt is marked as a retry", async () => {
    const retries: boolean[] = [];
    const work = (fails: boolean) =>
      processOnce(key("fails"), async ({ tx, isRetry }) => {
        retries.push(isRetry);
        await tx.insert(slackMessages).values(message("1.fails"));
        if (fails) throw new Error("after it wrote");
      });
    await expect(work(true)).rejects.toThrow("after it wrote");
    expect(await stored("1.fails")).toBe(0);
    await work(false);
    await work(false);
    expect([retries, await stored("1.fails")]).toEqual([[false, true], 1]);
  });

  it("is processed once for each subscriber", async () => {
    const workers: string[] = [];
    for (const subscriber of ["one", "other"])
      await processOnce({ ...key("shared"), subscriber }, async () => void workers.push(subscriber));
    expect(workers).toEqual(["one", "other"]);
  });
});

describe("events with the same lock", () => {
  it("each read the writes of the previous one when twenty are delivered at once", async () => {
    const counts: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        processOnce(key(`locked ${n}`, "count"), async ({ tx }) => {
          const rows = await tx.select().from(slackMessages).where(eq(slackMessages.ref, "counted"));
          counts.push(rows.length);
          await tx.insert(slackMessages).values({ ...message(`2.${n}`), ref: "counted" });
        }),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });
});

describe("a decision", () => {
  const schema = z.object({ place: z.string() });

  it("is committed with its writes before the work, and a retry gets it whatever it would decide now", async () => {
    const decide = (place: string) =>
      decideOnce(key("decides"), schema, async (tx, earlier) => {
        if (!earlier) await tx.insert(slackMessages).values(message("3.decides"));
        return earlier ?? { place };
      });
    const retries: boolean[] = [];
    const work = async ({ isRetry }: { isRetry: boolean }) => {
      retries.push(isRetry);
      if (!isRetry) throw new Error("after it posted");
    };
    expect(await decide("channel")).toEqual({ place: "channel" });
    await expect(processOnce(key("decides"), work)).rejects.toThrow("after it posted");
    expect(await stored("3.decides")).toBe(1);
    expect(await decide("thread")).toEqual({ place: "channel" });
    await processOnce(key("decides"), work);
    // The decision is no attempt: the first work looks for no message.
    expect(retries).toEqual([false, true]);
    expect(await decide("thread")).toEqual({ place: "channel" });
  });

  it("is one if an event is delivered twenty times at once", async () => {
    const decisions = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        decideOnce(key("decides at once"), schema, async (_tx, earlier) => earlier ?? { place: `${n}` }),
      ),
    );
    expect(new Set(decisions.map((decision) => decision?.place)).size).toBe(1);
  });

  it("that fails leaves no writes", async () => {
    const failing = decideOnce(key("fails to decide"), schema, async (tx) => {
      await tx.insert(slackMessages).values(message("3.fails"));
      throw new Error("cannot decide");
    });
    await expect(failing).rejects.toThrow("cannot decide");
    expect(await stored("3.fails")).toBe(0);
  });

  it("is not made for an event that an earlier release processed", async () => {
    await processOnce(key("old"), async () => {});
    expect(await decideOnce(key("old"), schema, async () => ({ place: "channel" }))).toBeUndefined();
  });

  it("of another shape is made again", async () => {
    const other = z.object({ channel: z.string() });
    await decideOnce(key("other shape"), other, async () => ({ channel: "C0" }));
    expect(
      await decideOnce(key("other shape"), schema, async (_tx, earlier) => earlier ?? { place: "new" }),
    ).toEqual({
      place: "new",
    });
  });
});

describe("waiting for locks", () => {
  it("ends when the holders that were there have ended, and holds none of them", async () => {
    const order: string[] = [];
    const holder = inTransaction(async (tx) => {
      await lock(tx, "busy");
      order.push("held");
      await tx.execute(sql`SELECT pg_sleep(0.05)`);
      order.push("released");
    });
    await vi.waitFor(() => expect(order).toContain("held"));
    await waitForLocks(["free", "busy", "busy"]);
    order.push("waited");
    await holder;
    expect(order).toEqual(["held", "released", "waited"]);
    await waitForLocks([]);
    await inTransaction((tx) => lock(tx, "free"));
  });
});

describe("migrations", () => {
  it("can be applied again, and by two processes at once", async () => {
    await Promise.all([migrate(), migrate()]);
    expect(await database().select().from(processedEvents).limit(1)).toHaveLength(1);
  });
});
