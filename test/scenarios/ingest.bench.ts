import { afterAll, beforeAll, bench, describe } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;
let number = 0;
beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite.stop());

const deploy = () => ({
  ...fixture("freight/deploy-queued"),
  environment: "staging",
  deploy_number: ++number,
});

describe("a hundred signed deliveries, eight at a time", () => {
  const sendHundred = async () => {
    const waiting = Array.from({ length: 100 }, deploy)[Symbol.iterator]();
    const worker = async () => {
      for (const body of waiting) await suite.send("freight", body);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  };

  bench("until each is answered: published", sendHundred, { iterations: 5, time: 0, warmupIterations: 1 });

  bench(
    "until each is handled by every subscriber",
    async () => {
      await sendHundred();
      await suite.local.idle();
    },
    { iterations: 5, time: 0, warmupIterations: 1 },
  );
});
