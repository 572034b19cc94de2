import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { withDatabase } from "../../test/support/with-database.ts";
import { database } from "./database.ts";
import { lock } from "./lock.ts";
import { changeRemembered, messagesAbout, rememberedMessage, rememberMessage } from "./slack-messages.ts";

withDatabase();

const type = "test";
const message = (ref: string, ts: string, context: object = {}) => ({
  type,
  ref,
  channel: "C0",
  ts,
  context,
});

describe("a remembered message", () => {
  it("is found by its type and what it is about, oldest first", async () => {
    await rememberMessage(database(), message("a", "1"));
    await rememberMessage(database(), message("b", "2"));
    await rememberMessage(database(), { ...message("a", "3"), type: "other" });
    await rememberMessage(database(), message("c", "4"));
    const refs = async (...about: string[]) =>
      (await messagesAbout(database(), type, about)).map(({ ref }) => ref);
    expect(await refs("b", "a", "unknown")).toEqual(["a", "b"]);
    expect(await refs()).toEqual([]);
  });

  it("that is remembered again gets the new context", async () => {
    await rememberMessage(database(), message("again", "5", { n: 1 }));
    await rememberMessage(database(), message("again", "5", { n: 2 }));
    expect(await messagesAbout(database(), type, ["again"])).toMatchObject([{ context: { n: 2 } }]);
  });

  it("that was posted anew is found where it is now", async () => {
    await rememberMessage(database(), message("moved", "6"));
    const [before] = await messagesAbout(database(), type, ["moved"]);
    await changeRemembered(database(), before?.id ?? 0, { channel: "C1", ts: "7", context: { n: 1 } });
    expect(await rememberedMessage(database(), before?.id ?? 0)).toMatchObject({
      ref: "moved",
      channel: "C1",
      ts: "7",
      context: { n: 1 },
    });
  });

  it("is changed by one after the other behind a lock: nobody draws it from what is about to change", async () => {
    await rememberMessage(database(), message("counted", "8", { n: 0 }));
    const [{ id } = { id: 0 }] = await messagesAbout(database(), type, ["counted"]);
    const increment = () =>
      database().transaction(async (tx) => {
        await lock(tx, "counted");
        const now = await rememberedMessage<{ n: number }>(tx, id);
        await sleep(20);
        await changeRemembered(tx, id, { channel: "C0", ts: "8", context: { n: (now?.context.n ?? 0) + 1 } });
      });
    await Promise.all(Array.from({ length: 5 }, increment));
    expect(await rememberedMessage(database(), id)).toMatchObject({ context: { n: 5 } });
  });
});
