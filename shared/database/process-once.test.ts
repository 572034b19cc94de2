import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withDatabase } from "../../test/support/with-database.ts";
import { database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { processOnce } from "./process-once.ts";
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

describe("migrations", () => {
  it("can be applied again, and by two processes at once", async () => {
    await Promise.all([migrate(), migrate()]);
    expect(await database().select().from(processedEvents).limit(1)).toHaveLength(1);
  });
});
