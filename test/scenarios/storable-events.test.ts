import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;

beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite.stop());

const repository = { id: 78, full_name: "getsentry/sentry", owner: { login: "getsentry" } };
const sender = { id: 42, login: "mira-okafor", type: "User" };

function push(timestamp: string, message = "Release") {
  return {
    ref: "refs/heads/old",
    head_commit: { id: "a".repeat(40), message, timestamp },
    repository,
    sender,
  };
}

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
}

async function storedRow(id: string) {
  await suite.settled();
  const rows = await suite.local.query(
    `SELECT time, time = received_at AS arrival, payload IS NULL AS dropped, event, payload FROM product_eng.events WHERE event_id = '${id}'`,
  );
  expect(rows).toHaveLength(1);
  return rows[0];
}

describe("an accepted delivery is stored in a warehouse that refuses what BigQuery refuses", () => {
  it.each([
    ["from 2009", "2009-03-14T15:09:26-07:00", true],
    ["from 1971", "1971-01-01T00:00:00Z", true],
    ["from 2099", "2099-01-01T00:00:00Z", true],
  ])("with a commit %s", async (id, timestamp, arrival) => {
    expect(await suite.send("github", push(timestamp), { event: "push", id })).toMatchObject({ status: 202 });
    expect(await storedRow(id)).toMatchObject({ arrival, dropped: false });
  });

  it("with a webpack report of a build of 2019", async () => {
    const body = { pull_request_number: -1, commit: "old", file: "app.js", size: 1 };
    await suite.send("webpack", { ...body, entrypointName: "app", created_at: "2019-01-01T00:00:00Z" });
    await suite.settled();
    expect(
      await suite.local.query("SELECT created_at FROM product_eng.asset_sizes WHERE commit = 'old'"),
    ).toEqual([{ created_at: expect.stringContaining("2019-01-01") }]);
  });

  it("with NUL and half an emoji in its text", async () => {
    const payload = { action: "edited", title: "a\0b\ud83d", repository, sender };
    await suite.send("github", payload, { event: "gollum", id: "text" });
    expect(await storedRow("text")).toMatchObject({ payload: { title: "a\uFFFDb\uFFFD" } });
  });

  it("with 600 levels of nesting, without its payload", async () => {
    const payload = { action: "deep", client_payload: nested(600), repository, sender };
    await suite.send("github", payload, { event: "repository_dispatch", id: "deep" });
    expect(await storedRow("deep")).toMatchObject({
      dropped: true,
      event: { payloadDropped: { reason: expect.stringContaining("500 levels") } },
    });
  });

  it("with 12 MB, without its payload, and so is the small one beside it", async () => {
    const large = push("2026-11-02T12:00:00Z", "x".repeat(12_000_000));
    await Promise.all([
      suite.send("github", large, { event: "push", id: "large" }),
      suite.send("github", push("2026-11-02T12:00:00Z"), { event: "push", id: "small" }),
    ]);
    expect(await storedRow("large")).toMatchObject({ dropped: true });
    expect(await storedRow("small")).toMatchObject({ dropped: false });
  });
});
