import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { findGoogleEmulator, startGoogleEmulator } from "../support/google-emulator.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const found = findGoogleEmulator();
const missing = "missing" in found;
if (missing) console.warn(`The suite is not run on Google's Pub/Sub emulator: ${found.missing}`);

let emulator: Awaited<ReturnType<typeof startGoogleEmulator>>;
let suite: TestSuite;
beforeAll(async () => {
  if (missing) return;
  emulator = await startGoogleEmulator(found.program);
  process.env.PUBSUB_EMULATOR_HOST = emulator.host;
  suite = await startTestSuite();
});
afterAll(async () => {
  await suite?.stop();
  await emulator?.stop();
});

describe("the suite on Google's Pub/Sub emulator", () => {
  it.skipIf(missing)(
    "brings a delivery of every source to BigQuery, and a deploy's pull requests",
    { timeout: 60_000 },
    async () => {
      expect(suite.services.pubsub).toBeUndefined();
      const [, getsentry] = suite.services.github?.current.state.repositories ?? [];
      const shas = { previous_sha: getsentry?.commits[0]?.sha, sha: getsentry?.commits[3]?.sha };
      await suite.send("github", { zen: "Design for failure." }, { event: "ping" });
      await suite.send("slack", fixture("slack/app-mention"));
      await suite.send("freight", { ...fixture("freight/deploy-finished"), ...shas });
      await suite.send("webpack", fixture("webpack/assets"));
      await suite.send("bootstrap-dev-env", fixture("bootstrap-dev-env/bootstrap-start"));
      await suite.local.idle();
      const count = async (table: string) =>
        (await suite.local.query(`SELECT COUNT(*) AS n FROM product_eng.${table}`))[0]?.n;
      expect([await count("events"), await count("asset_sizes"), await count("deployment_changes")]).toEqual([
        5, 3, 3,
      ]);
    },
  );

  it.skipIf(missing)(
    "redelivers an event that a subscriber fails on until it is dead-lettered",
    { timeout: 120_000 },
    async () => {
      suite.services.github?.current.faults.add({ path: "/compare/", kind: "status" });
      const shas = { previous_sha: "2".repeat(40), sha: "1".repeat(40) };
      const { eventId } = await suite.send("freight", {
        ...fixture("freight/deploy-finished"),
        deploy_number: 14,
        ...shas,
      });
      await suite.local.idle(100_000);
      suite.services.github?.current.faults.clear();
      const event = (await suite.local.events()).find(({ id }) => id === eventId);
      expect(event?.subscribers).toContainEqual(
        expect.objectContaining({ function: "deployment-changes", outcome: "dead-lettered", attempts: 5 }),
      );
    },
  );

  it.skipIf(missing)("works after it was set up twice", async () => {
    const again = await startTestSuite();
    expect((await again.send("webpack", fixture("webpack/asset"))).status).toBe(202);
    await again.local.idle();
    await again.stop();
  });
});
