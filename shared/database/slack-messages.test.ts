import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { withDatabase } from "../../test/support/with-database.ts";
import { database, lock } from "./database.ts";
import {
  changeRemembered,
  messageAt,
  messagesAbout,
  rememberedMessage,
  rememberMessage,
} from "./slack-messages.ts";

withDatabase();

const type = "test";
const schema = z.object({ n: z.number().optional() });
const message = (ref: string, ts: string, context: object = {}) => ({
  type,
  ref,
  channel: "C0",
  ts,
  context,
});

describe("a stored message", () => {
  it("is found by its type and refs, oldest first", async () => {
    await rememberMessage(database(), message("a", "1"));
    await rememberMessage(database(), message("b", "2"));
    await rememberMessage(database(), { ...message("a", "3"), type: "other" });
    await rememberMessage(database(), message("c", "4"));
    const refs = async (...about: string[]) =>
      (await messagesAbout(database(), type, about, schema)).map(({ ref }) => ref);
    expect(await refs("b", "a", "unknown")).toEqual(["a", "b"]);
    expect(await refs()).toEqual([]);
  });

  it("that is stored again gets the new context", async () => {
    await rememberMessage(database(), message("again", "5", { n: 1 }));
    await rememberMessage(database(), message("again", "5", { n: 2 }));
    expect(await messagesAbout(database(), type, ["again"], schema)).toMatchObject([{ context: { n: 2 } }]);
  });

  it("that was posted again is found with its new channel and ts", async () => {
    await rememberMessage(database(), message("moved", "6"));
    const [before] = await messagesAbout(database(), type, ["moved"], schema);
    await changeRemembered(database(), before?.id ?? 0, { channel: "C1", ts: "7", context: { n: 1 } });
    expect(await rememberedMessage(database(), before?.id ?? 0, schema)).toMatchObject({
      ref: "moved",
      channel: "C1",
      ts: "7",
      context: { n: 1 },
    });
  });

  it("keeps every change of five transactions that take the same lock at once", async () => {
    await rememberMessage(database(), message("counted", "8", { n: 0 }));
    const [{ id } = { id: 0 }] = await messagesAbout(database(), type, ["counted"], schema);
    const increment = () =>
      database().transaction(async (tx) => {
        await lock(tx, "counted");
        const current = await rememberedMessage(tx, id, schema);
        await sleep(20);
        await changeRemembered(tx, id, {
          channel: "C0",
          ts: "8",
          context: { n: (current?.context.n ?? 0) + 1 },
        });
      });
    await Promise.all(Array.from({ length: 5 }, increment));
    expect(await rememberedMessage(database(), id, schema)).toMatchObject({ context: { n: 5 } });
  });

  it("whose context does not match the schema is logged as an error, and treated as not stored", async () => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await rememberMessage(database(), message("mixed", "9", { n: "one" }));
    await rememberMessage(database(), message("mixed", "10", { n: 2 }));
    const found = await messagesAbout(database(), type, ["mixed"], schema);
    const at = await messageAt(database(), type, { channel: "C0", ts: "9" }, schema);
    const lines = written.mock.calls.map(([line]) => String(line));
    written.mockRestore();
    expect(found).toMatchObject([{ ts: "10", context: { n: 2 } }]);
    expect(at).toBeUndefined();
    expect(lines.filter((line) => line.includes("does not match its schema"))).toHaveLength(2);
  });
});
