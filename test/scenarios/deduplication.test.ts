import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;
beforeAll(async () => {
  // BigQuery forgets insertIds after a minute. Here it forgets them at once, so that only the views deduplicate.
  suite = await startTestSuite({ deduplicationWindowMs: 0 });
});
afterAll(() => suite.stop());

async function count(table: string): Promise<number> {
  const [row] = await suite.local.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
  return row?.n ?? 0;
}

/** The first commits of the deployed repository in the GitHub emulator's seed. */
function deployed(from: number, to: number) {
  const commits = suite.services.github?.current.state.repositories[1]?.commits ?? [];
  return { previous_sha: commits[from]?.sha, sha: commits[to]?.sha };
}

describe("a delivery that BigQuery receives twice, long after one another", () => {
  it("gives two rows in the tables, and one in the views", async () => {
    const [issue] = webhookExamples.filter(({ event }) => event === "issues");
    const deploy = { ...fixture("freight/deploy-finished"), ...deployed(0, 3) };
    for (let time = 0; time < 2; time++) {
      await suite.send("github", issue?.payload ?? {}, { event: "issues", id: "the-same" });
      await suite.send("freight", deploy);
      await suite.send("webpack", fixture("webpack/asset"));
      await suite.settled();
    }
    await suite.local.idle();
    for (const [table, rows] of [
      ["product_eng.events", 3],
      ["product_eng.development_metrics", 1],
      ["product_eng.asset_sizes", 1],
      ["product_eng.deployment_changes", 3],
      ["open_source.github_events", 1],
    ] as const) {
      expect([table, await count(table), await count(`${table}_deduplicated`)]).toEqual([
        table,
        rows * 2,
        rows,
      ]);
    }
    expect(await count("product_eng.freight_to_pull_request")).toBe(3);
    expect(await count("product_eng.event_facts")).toBe(3);
  });
});
