import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startIngest } from "../support/sentry-ingest.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let ingest: Awaited<ReturnType<typeof startIngest>>;
let suite: TestSuite;

beforeAll(async () => {
  ingest = await startIngest();
  Object.assign(process.env, {
    SENTRY_DSN: ingest.dsn,
    SENTRY_RELEASE: "0123abc",
    SENTRY_ENVIRONMENT: "staging",
    SENTRY_TRACES_SAMPLE_RATE: "1",
  });
  suite = await startTestSuite();
});
afterAll(async () => {
  await suite.stop();
  await ingest.stop();
});

describe("a delivery", () => {
  it("gives one trace, from the source function through Pub/Sub to each subscriber", async () => {
    await suite.send("freight", fixture("freight/deploy-started"));
    await suite.settled();
    await expect.poll(() => ingest.transactions("metrics").length).toBe(1);
    const [source] = ingest.transactions("freight");
    const [subscriber] = ingest.transactions("metrics");
    const published = source?.payload.spans?.find(({ op }) => op === "queue.publish");
    expect(published?.description).toBe("freight-events");
    expect(source?.payload).toMatchObject({ release: "0123abc", environment: "staging" });
    expect(source?.payload.contexts.trace).toMatchObject({ op: "http.server" });
    expect(subscriber?.payload.contexts.trace).toMatchObject({
      op: "queue.process",
      trace_id: source?.payload.contexts.trace.trace_id,
      parent_span_id: published?.span_id,
    });
  });

  it("starts a new trace, whatever headers its sender adds", async () => {
    const before = ingest.transactions("webpack").length;
    const forged = {
      "sentry-trace": "11111111111111111111111111111111-2222222222222222-1",
      baggage: "sentry-x=1",
    };
    const response = await fetch(`${suite.url}/webpack`, {
      method: "POST",
      headers: { ...forged, "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(401);
    await expect.poll(() => ingest.transactions("webpack").length).toBe(before + 1);
    expect(ingest.received()).not.toContain("11111111111111111111111111111111");
  });
});

describe("an error", () => {
  it("in a subscriber is reported with its event, and without payload, header or secret", async () => {
    suite.services.github?.current.faults.add({ path: "/compare/", kind: "status" });
    const marked = {
      ...fixture("freight/deploy-finished"),
      user: "marked-user@example.com",
    };
    const { status, eventId } = await suite.send("freight", marked);
    expect(status).toBe(202);
    // Every subscriber that asks GitHub fails.
    const find = () => ingest.errors().find(({ payload }) => payload.tags?.function === "deployment-changes");
    await expect.poll(find, { timeout: 20_000 }).toBeDefined();
    suite.services.github?.current.faults.clear();
    const error = find();
    expect(error?.payload.tags).toMatchObject({
      event: eventId,
      type: "freight.deploy.finished",
    });
    expect(error?.payload.contexts.trace.trace_id).toMatch(/^[0-9a-f]{32}$/);
    for (const word of [
      "marked",
      process.env.FREIGHT_WEBHOOK_SECRET ?? "",
      "Bearer",
      "content-type",
      "breadcrumbs",
      '"request"',
      '"vars"',
    ])
      expect(ingest.received()).not.toContain(word);
  });

  it("in a source function that could not publish is reported", async () => {
    await suite.services.pubsub?.stop();
    const before = ingest.errors().length;
    const { status } = await suite.send("bootstrap-dev-env", fixture("bootstrap-dev-env/bootstrap-end"));
    await suite.services.pubsub?.start();
    expect(status).toBe(503);
    await expect.poll(() => ingest.errors().length).toBeGreaterThan(before);
    const reported = ingest.errors().find(({ payload }) => payload.tags?.function === "bootstrap-dev-env");
    expect(reported?.payload.exception?.values.map(({ type }) => type)).toContain("PublishError");
  });

  it("caused by a sender is not reported", async () => {
    const before = ingest.errors().length;
    expect((await suite.send("github", { any: "thing" }, { secret: "wrong", event: "ping" })).status).toBe(
      401,
    );
    await suite.settled();
    expect(
      ingest
        .errors()
        .slice(before)
        .filter(({ payload }) => payload.tags?.function === "github"),
    ).toEqual([]);
  });
});

describe("without SENTRY_DSN", () => {
  it("Sentry's SDK is not loaded", () => {
    const script = `
      await import("./functions/freight/index.ts");
      await import("./functions/metrics/index.ts");
      const { createRequire } = await import("node:module");
      console.log(Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes("@sentry")).length);`;
    const command = ["--import", "tsx", "--input-type=module", "--eval", script];
    const env = { PATH: process.env.PATH, SENTRY_DSN: "" };
    expect(execFileSync(process.execPath, command, { encoding: "utf8", env }).trim()).toBe("0");
  });
});
