import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localPolicy } from "../../infra/manifests/subscription-policy.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;
beforeAll(async () => {
  suite = await startTestSuite({ policy: localPolicy, deduplicationWindowMs: 0 });
  // Slack stores a mention before it sends the event; the reply goes into its thread.
  suite.services.slack?.current.write({ ...mention, channel: "C0ENG" });
});
afterAll(() => suite.stop());

const { event: mention } = fixture("slack/app-mention") as {
  event: { user: string; text: string; ts: string };
};

let number = 1000;
/** A deploy outside production with a new number. */
function deploy() {
  return { ...fixture("freight/deploy-queued"), environment: "staging", deploy_number: ++number };
}

async function stored(): Promise<string[]> {
  const rows = await suite.local.query<{ event_id: string }>(
    "SELECT event_id FROM product_eng.events_deduplicated",
  );
  return rows.map(({ event_id }) => event_id);
}

describe("Pub/Sub down", () => {
  it("makes every source respond 503 with Retry-After; after the outage the next delivery passes", async () => {
    await suite.services.pubsub?.stop();
    const [github, slack, freight, webpack, bootstrap] = await Promise.all([
      suite.send("github", { zen: "Keep it logically awesome." }, { event: "ping" }),
      suite.send("slack", fixture("slack/app-mention")),
      suite.send("freight", deploy()),
      suite.send("webpack", fixture("webpack/asset")),
      suite.send("bootstrap-dev-env", fixture("bootstrap-dev-env/bootstrap-start")),
    ]);
    for (const response of [github, slack, freight, webpack, bootstrap]) {
      expect(response).toEqual({
        status: 503,
        body: JSON.stringify({ error: "The event could not be stored; send it again" }),
        eventId: null,
      });
    }
    await suite.services.pubsub?.start();
    // The same subjects as before: a failed publish must not block later ones of its subject.
    for (const [source, body] of [
      ["slack", fixture("slack/app-mention")],
      ["webpack", fixture("webpack/asset")],
      ["bootstrap-dev-env", fixture("bootstrap-dev-env/bootstrap-start")],
    ] as const) {
      const { status, eventId } = await suite.send(source, body);
      expect(status).toBe(source === "slack" ? 200 : 202);
      await expect.poll(stored, { timeout: 10_000 }).toContain(eventId);
    }
  });
});

/** Longer than the local policy's back-off, which begins at 0.5 s; OUTAGE_SECONDS=60 for a nightly run. */
const outageSeconds = Number(process.env.OUTAGE_SECONDS || 10);

describe(`BigQuery down for ${outageSeconds} s`, () => {
  const timeout = (outageSeconds + 120) * 1000;
  it("loses no event and duplicates no row in the views", { timeout }, async () => {
    await suite.local.idle();
    const before = await stored();
    await suite.services.warehouse?.stop();
    const ids: (string | null)[] = [];
    for (let second = 0; second < outageSeconds; second++) {
      const { status, eventId } = await suite.send("freight", deploy());
      expect(status).toBe(202);
      ids.push(eventId);
      await sleep(1000);
    }
    await suite.services.warehouse?.start();
    await suite.local.idle(100_000);
    expect((await stored()).sort()).toEqual([...before, ...ids].sort());
    const deadLettered = (await suite.local.events()).filter(({ subscribers }) =>
      subscribers.some(({ outcome }) => outcome === "dead-lettered"),
    );
    expect(deadLettered).toEqual([]);
  });
});

describe("BigQuery interrupted", () => {
  it("repeatedly while events arrive loses none", { timeout: 120_000 }, async () => {
    await suite.local.idle();
    const before = await stored();
    const sending = Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        await sleep(n * 50);
        return (await suite.send("freight", deploy())).eventId;
      }),
    );
    for (let time = 0; time < 3; time++) {
      await sleep(400);
      await suite.services.warehouse?.stop();
      await sleep(300);
      await suite.services.warehouse?.start();
    }
    const ids = await sending;
    await suite.local.idle(60_000);
    expect((await stored()).sort()).toEqual([...before, ...ids].sort());
  });
});
