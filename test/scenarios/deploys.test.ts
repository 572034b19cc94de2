import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "../../shared/database/database.ts";
import { readAttempts } from "../../shared/database/deploys.ts";
import { deploys } from "../../shared/database/schema.ts";
import { type DeploySuite, mira, type Report, startDeploySuite } from "../support/deploy-suite.ts";

let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterAll(() => suite.stop());

const production = { source: "freight", app: "getsentry", environment: "production" };
/** The last attempt of a deploy to production. */
const findDeploy = async (number: number) =>
  (await readAttempts(database(), { ...production, id: String(number) })).at(-1);
const sha = "9d0e3b7a5f2c4e6188a1b3c5d7e9f1a2b4c6d8e0";

describe("a deploy that Freight reports", () => {
  it("is stored as last reported", async () => {
    await suite.report({ number: 13, status: "queued", sha });
    const queued = { status: "queued", deployer: mira.email, sha, startedAt: null, finishedAt: null };
    expect(await findDeploy(13)).toMatchObject(queued);
    await suite.report({ number: 13, status: "started", sha });
    await suite.report({ number: 13, status: "finished", sha });
    expect(await findDeploy(13)).toMatchObject({
      status: "finished",
      startedAt: new Date("2026-11-02T17:04:13.018Z"),
      finishedAt: new Date("2026-11-02T17:09:46.330Z"),
      duration: 333.31,
    });
  });

  it("is stored for every app and environment", async () => {
    await suite.report({ number: 13, status: "failed", sha, environment: "staging" });
    await suite.report({ number: 13, status: "canceled", sha, app_name: "relay" });
    const rows = await database().select().from(deploys);
    expect(rows.map(({ app, environment, status }) => [app, environment, status]).sort()).toEqual([
      ["getsentry", "production", "finished"],
      ["getsentry", "staging", "failed"],
      ["relay", "production", "canceled"],
    ]);
  });

  it.each<[Report["status"][], Report["status"]]>([
    [["finished", "started", "queued"], "finished"],
    [["started", "failed", "queued"], "failed"],
    [["canceled", "queued"], "canceled"],
  ])("reported in the order %j ends as %s", async (statuses, expected) => {
    const number = 20 + statuses.length * 10 + expected.length;
    for (const status of statuses) await suite.report({ number, status, sha });
    expect(await findDeploy(number)).toMatchObject({ status: expected });
  });

  it("reported all at once, each status five times, is stored once with its final status", async () => {
    const reports = (["queued", "started", "finished"] as const).flatMap((status) =>
      Array.from({ length: 5 }, () => suite.sendReport({ number: 99, status, sha })),
    );
    await Promise.all(reports);
    await suite.settled();
    const rows = (await database().select().from(deploys)).filter(({ externalId }) => externalId === 99);
    expect(rows).toMatchObject([{ status: "finished", duration: 333.31 }]);
  });
});

describe("a schedule", () => {
  it("runs on demand, responds with its summary, and the run is listed", async () => {
    for (const number of [300, 301]) await suite.report({ number, status: "finished", sha, app_name: "old" });
    const long = new Date("2020-01-01T00:00:00Z");
    await database().update(deploys).set({ updatedAt: long }).where(eq(deploys.app, "old"));
    expect(await suite.local.runSchedule("prune")).toMatchObject({ deleted: { deploys: 1 }, complete: true });
    const left = await database().select().from(deploys).where(eq(deploys.app, "old"));
    expect(left.map(({ externalId }) => externalId)).toEqual([301]);
    const listed = await fetch(`${suite.url}/_local/schedules`);
    expect(await listed.json()).toHaveProperty(
      "schedules",
      expect.arrayContaining([
        expect.objectContaining({
          name: "prune",
          schedule: { cron: "20 3 * * *", timeZone: "Etc/UTC" },
          next: expect.stringMatching(/T03:20:00\.000Z$/),
          runs: [expect.objectContaining({ status: 200 })],
        }),
      ]),
    );
  });

  it("that does not exist, or is another kind of function, gets 404", async () => {
    for (const name of ["nothing", "github", "metrics"])
      await expect(suite.local.runSchedule(name)).rejects.toThrow(
        `404 No scheduled function has the name ${name}`,
      );
  });
});
