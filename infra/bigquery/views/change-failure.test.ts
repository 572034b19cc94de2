import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { type IncidentState, unlink } from "../../../shared/incidents/incident-state.ts";
import { pullRequestEventRows, pushRows } from "../testing/example-github-rows.ts";
import { incidentRows, linkedIncident } from "../testing/example-incidents.ts";
import { deployRows, type ExampleDeploy, endedDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();

/** Deploys ten minutes apart: `a` finishes with sha a, `!b` fails with sha b. Each first deploy of a sha ships the commit `m<sha>`. */
function deploys(text: string): ExampleDeploy[] {
  return text
    .split(" ")
    .map((word, index) =>
      endedDeploy(
        index + 1,
        word.replace("!", ""),
        at(10 * index),
        word.startsWith("!") ? "failed" : "finished",
      ),
    );
}

const shas: Record<string, string> = {
  a: "aaaaaaa1aaaaaaaa",
  b: "bbbbbbb2bbbbbbbb",
  c: "ccccccc3ccccccccc",
  d: "ddddddd4dddddddd",
};
const numbers: Record<string, number> = { a: 1, b: 2, c: 3, d: 4 };

/** The deploys with their shipments: the change of sha b ships pull request 2, whose merge commit is `shas.b`. */
function shippedDeploys(text: string): Parameters<FrozenWarehouse["given"]> {
  const all = deploys(text);
  return [
    ...all.map(deployRows),
    ...all
      .filter(
        ({ sha, status }, index) =>
          status === "finished" && all.findIndex((one) => one.sha === sha) === index,
      )
      .map((deploy) =>
        shipmentRows(deploy, { [numbers[deploy.sha ?? ""] ?? 0]: shas[deploy.sha ?? ""] ?? "" }),
      ),
  ];
}

const pull = (sha: string, more: Partial<Parameters<typeof pullRequestEventRows>[0]> = {}) =>
  pullRequestEventRows({
    number: numbers[sha] ?? 0,
    branch: `branch-${sha}`,
    opened: at(-60),
    merged: at(10 * ((numbers[sha] ?? 0) - 1) - 5),
    mergeCommit: shas[sha] ?? "",
    ...more,
  });

async function failures(): Promise<unknown[][]> {
  const rows = await warehouse.rows(
    `SELECT cause, change_number, failed_at, recovered_number, recovery_seconds
     FROM product_eng.deployment_failures ORDER BY failed_at, cause`,
  );
  return rows.map((row) => Object.values(row));
}

async function reasons(): Promise<unknown[]> {
  const rows = await warehouse.rows("SELECT failure_reason FROM product_eng.deployments ORDER BY position");
  return rows.map(({ failure_reason }) => failure_reason);
}

describe("a change failed because", () => {
  const revert = { title: 'Revert "Fix it"', body: "Reverts getsentry/sentry#2" };

  it.each(["Reverts getsentry/sentry#2", `This reverts commit ${shas.b}.`])(
    "a later change ships a pull request that reverts one of its own: %s",
    async (body) => {
      const reverting = pull("d", { ...revert, body });
      await warehouse.given(...shippedDeploys("a b c d"), pull("a"), pull("b"), pull("c"), reverting);
      expect(await reasons()).toEqual([null, "revert", null, null]);
      // From 10:10, when b went live, to 10:30.
      expect(await failures()).toEqual([["revert", 2, at(10), 4, 20 * MINUTE]]);
      expect(
        await warehouse.rows(
          "SELECT kind, is_hotfix FROM product_eng.deployments WHERE is_hotfix ORDER BY position",
        ),
      ).toEqual([{ kind: "change", is_hotfix: true }]);
    },
  );

  it("a commit without a pull request reverts its commit", async () => {
    const message = `Revert "Fix it"\n\nThis reverts commit ${shas.b?.slice(0, 9)}.`;
    const [a, b, c] = deploys("a b c");
    await warehouse.given(
      ...shippedDeploys("a b"),
      ...(c ? [deployRows(c), shipmentRows(c, {}, { [shas.c ?? ""]: at(15) })] : []),
      pull("b"),
      pushRows({ branch: "master", received: at(16), commits: [{ at: at(15), sha: shas.c, message }] }),
    );
    expect([a?.number, b?.number]).toEqual([1, 2]);
    expect(await reasons()).toEqual([null, "revert", null]);
    expect(await failures()).toEqual([["revert", 2, at(10), 3, 10 * MINUTE]]);
  });

  it.each([
    ["label", { labels: ["backend", "hotfix"] }],
    ["title", { title: "Hotfix: stop the retries" }],
    ["branch", { branch: "hotfix/retries" }],
  ])("the next change has a hotfix, by its %s", async (rule, more) => {
    await warehouse.given(...shippedDeploys("a b c"), pull("a"), pull("b"), pull("c", more));
    expect(await reasons()).toEqual([null, "hotfix", null]);
    expect(await failures()).toEqual([["hotfix", 2, at(10), 3, 10 * MINUTE]]);
    expect(
      await warehouse.rows(
        "SELECT rule, repository, pull_request_number FROM product_eng.change_remedies WHERE is_reason",
      ),
    ).toEqual([{ rule, repository: "getsentry/sentry", pull_request_number: 3 }]);
  });

  it("the next change was deployed from a hotfix's branch", async () => {
    const [a, b, c] = deploys("a b c") as [ExampleDeploy, ExampleDeploy, ExampleDeploy];
    await warehouse.given(deployRows(a), deployRows(b), deployRows({ ...c, ref: "hotfix-1" }));
    expect(await reasons()).toEqual([null, "hotfix", null]);
  });

  it("a revert is merged and not yet deployed, and the failure is open", async () => {
    await warehouse.given(
      ...shippedDeploys("a b"),
      pull("a"),
      pull("b"),
      pull("d", { ...revert, merged: at(15) }),
    );
    expect(await reasons()).toEqual([null, "revert"]);
    expect(await failures()).toEqual([["revert", 2, at(10), null, null]]);
  });

  it("a rollback withdrew it, before a revert of it was deployed", async () => {
    await warehouse.given(...shippedDeploys("a b a d"), pull("a"), pull("b"), pull("d", revert));
    expect(await reasons()).toEqual([null, "rollback", null, null]);
    expect(await failures()).toEqual([["rollback", 2, at(10), 3, 10 * MINUTE]]);
  });
});

describe("an incident that is linked to", () => {
  const incident = (number: number, more: Partial<IncidentState> = {}): TableRow[] =>
    incidentRows({ ...linkedIncident(at(12), { app: "getsentry", number }), ...more }, 1, at(15));

  it.each<[string, string, TableRow[], unknown[]]>([
    [
      "a change fails it until its resolution",
      "a b c",
      incident(2, { status: "resolved", resolvedAt: at(40) }),
      ["incident", 2, at(10), null, 30 * MINUTE],
    ],
    [
      "a redeploy fails its change",
      "a b b",
      incident(3, { status: "resolved", resolvedAt: at(40) }),
      ["incident", 2, at(10), null, 30 * MINUTE],
    ],
    [
      "a change and is not resolved is an open failure",
      "a b",
      incident(2),
      ["incident", 2, at(10), null, null],
    ],
    [
      "a change that was rolled back first",
      "a b a",
      incident(2, { status: "resolved", resolvedAt: at(40) }),
      ["rollback", 2, at(10), 3, 10 * MINUTE],
    ],
  ])("%s", async (_, text, rows, failure) => {
    await warehouse.given(...shippedDeploys(text), rows);
    expect(await failures()).toEqual([failure]);
    expect((await reasons())[1]).toBe(failure[0]);
  });

  it("no deploy any more fails no change", async () => {
    await warehouse.given(
      ...shippedDeploys("a b"),
      incident(2, unlink(linkedIncident(at(12), { app: "getsentry", number: 2 }), "U0MIRA", at(20))),
    );
    expect(await reasons()).toEqual([null, null]);
  });
});

describe("a change did not fail because", () => {
  it("its own deploy had the revert", async () => {
    const [a, b] = deploys("a b") as [ExampleDeploy, ExampleDeploy];
    await warehouse.given(
      deployRows(a),
      deployRows(b),
      shipmentRows(b, { 2: shas.b ?? "", 4: shas.d ?? "" }),
      pull("b"),
      pull("d", { title: 'Revert "Fix it"', body: "Reverts getsentry/sentry#2", merged: at(8) }),
    );
    expect(await reasons()).toEqual([null, null]);
  });

  it("the revert was merged more than a week later", async () => {
    const late = "2025-03-11T10:00:00Z";
    const revert = { title: 'Revert "Fix it"', body: "Reverts getsentry/sentry#2", merged: late };
    const deploy = endedDeploy(4, "d", "2025-03-11T11:00:00Z");
    await warehouse.given(
      ...shippedDeploys("a b"),
      deployRows(deploy),
      shipmentRows(deploy, { 4: shas.d ?? "" }),
      pull("b"),
      pull("d", revert),
    );
    expect(await reasons()).toEqual([null, null, null]);
  });

  it("a pull request of another repository with its number was reverted", async () => {
    const revert = { title: 'Revert "Fix it"', body: "Reverts #2", repository: "getsentry/relay" };
    await warehouse.given(...shippedDeploys("a b d"), pull("a"), pull("b"), pull("d", revert));
    expect(await reasons()).toEqual([null, null, null]);
  });

  it("a revert of a revert brings it back", async () => {
    const again = { title: 'Revert "Revert "Fix it""', body: "Reverts getsentry/sentry#2" };
    await warehouse.given(...shippedDeploys("a b c"), pull("a"), pull("b"), pull("c", again));
    expect(await reasons()).toEqual([null, null, null]);
  });

  it("a hotfix is the first change", async () => {
    await warehouse.given(...shippedDeploys("a"), pull("a", { labels: ["hotfix"] }));
    expect(await reasons()).toEqual([null]);
  });
});

it("a failed attempt of a hotfix is part of the failure that the hotfix ends", async () => {
  await warehouse.given(...shippedDeploys("a b !c c"), pull("a"), pull("b"));
  expect(await failures()).toEqual([["failed_deploy", 4, at(20), 4, 10 * MINUTE]]);
  const finished = deploys("a b !c c")[3] as ExampleDeploy;
  await warehouse.given(
    ...shippedDeploys("a b !c c"),
    shipmentRows(finished, { 3: shas.c ?? "" }),
    pull("a"),
    pull("b"),
    pull("c", { labels: ["hotfix"] }),
  );
  expect(await failures()).toEqual([["hotfix", 2, at(10), 4, 20 * MINUTE]]);
});

it("rework is the share of finished deploys that were a rollback or a hotfix", async () => {
  await warehouse.given(
    ...shippedDeploys("a b a c d"),
    pull("a"),
    pull("b"),
    pull("c"),
    pull("d", { labels: ["hotfix"] }),
  );
  const [week] = await warehouse.rows(
    `SELECT deployments, changes, failed_changes, rollbacks, hotfixes, change_failure_rate, deployment_rework_rate, open_failures
     FROM product_eng.delivery_by_period WHERE period = 'week' AND period_start = '2025-03-03'`,
  );
  // b was rolled back, and d mends c.
  expect(week).toEqual({
    deployments: 5,
    changes: 4,
    failed_changes: 2,
    rollbacks: 1,
    hotfixes: 1,
    change_failure_rate: 0.5,
    deployment_rework_rate: 0.4,
    open_failures: 0,
  });
});
