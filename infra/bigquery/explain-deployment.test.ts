import { afterAll, beforeAll, expect, it } from "vitest";
import { explainDeployment } from "../../shared/explain/explain-deployment.ts";
import { readDeployment } from "../../shared/explain/read-deployment.ts";
import { pullRequestEventRows } from "./testing/example-github-rows.ts";
import { deployRows, type ExampleDeploy, endedDeploy, shipmentRows } from "./testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "./testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();

async function explain(number: number) {
  const runQuery = async (query: string, params: Record<string, unknown>) =>
    (await warehouse.bigquery.query({ query, params }))[0];
  return (await readDeployment(runQuery, { app: "getsentry", number })).map(explainDeployment);
}

it("a change, its hotfix and a failed attempt say how the metrics count them", async () => {
  const pull = (number: number, more = {}) =>
    pullRequestEventRows({
      number,
      branch: `b${number}`,
      opened: at(-60),
      merged: at(-10),
      mergeCommit: `m${number}`,
      ...more,
    });
  const [first, second, failed, hotfix] = [
    endedDeploy(1, "a", at(0)),
    endedDeploy(2, "b", at(10)),
    endedDeploy(3, "c", at(20), "failed"),
    endedDeploy(4, "c", at(30)),
  ] as [ExampleDeploy, ExampleDeploy, ExampleDeploy, ExampleDeploy];
  await warehouse.given(
    ...[first, second, failed, hotfix].map(deployRows),
    shipmentRows(second, { 7: "m7" }, { direct: at(0) }),
    shipmentRows(hotfix, { 8: "m8" }),
    pull(7),
    pull(8, { labels: ["hotfix"] }),
  );
  const [change] = await explain(2);
  expect(change?.title).toBe(
    "getsentry/production#2 finished 2025-03-03T10:10:00.000Z by mira@sentry.io, commit b",
  );
  expect(change?.sentences).toEqual([
    "It is a change: its commit had not been live. #1 was live before.",
    "It failed, and counts in the change failure rate of its period, because the next change has getsentry/sentry#8, which is a hotfix by its label. #4 ended the failure after 20 min.",
    "It shipped 1 pull requests and 1 commits without one.",
  ]);
  expect(
    change?.commits.map(({ commit, pullRequest, isCounted }) => [commit, pullRequest, isCounted]),
  ).toEqual(
    expect.arrayContaining([
      ["m7", "getsentry/sentry#7", true],
      ["direct", null, true],
    ]),
  );
  expect((await explain(4))[0]?.sentences).toContain(
    "It ended the failure of #2: the next change has getsentry/sentry#8, which is a hotfix by its label.",
  );
  expect((await explain(3))[0]?.sentences[0]).toContain("Its commit went live as #4.");
  expect(await explain(99)).toEqual([]);
});
