import { describe, expect, it } from "vitest";
import { withDatabase } from "../../test/support/with-database.ts";
import type { DeployStatus } from "../events/deployment.ts";
import type { FreightEvent } from "../events/event.ts";
import { database } from "./database.ts";
import { deploysInProgress, findDeploy, lastFinishedDeploy, saveDeploy } from "./deploys.ts";

withDatabase();

const target = { app: "getsentry", environment: "production" };
let lastNumber = 0;

function event(number: number, status: DeployStatus, changes: Partial<FreightEvent> = {}): FreightEvent {
  const ended = status !== "queued" && status !== "started";
  return {
    id: `${number} ${status}`,
    source: "freight",
    type: `freight.deploy.${status}`,
    subject: `getsentry/production/${number}`,
    time: "2026-11-02T17:00:00.000Z",
    receivedAt: "2026-11-02T17:00:00.000Z",
    actor: { id: "7", name: "mira.okafor@sentry.io", type: "user" },
    payload: null,
    ...target,
    number,
    status,
    title: `mira ${status} #${number}`,
    link: `https://freight.example.com/${number}`,
    ref: "master",
    sha: "new",
    previousSha: "old",
    createdAt: "2026-11-02T17:00:00.000Z",
    startedAt: status === "queued" ? null : "2026-11-02T17:01:00.000Z",
    finishedAt: ended ? `2026-11-02T18:00:${String(number % 60).padStart(2, "0")}.000Z` : null,
    duration: ended ? 300 : null,
    ...changes,
  };
}

describe("a deploy", () => {
  it("may have a number beyond 32 bits, such as GitHub's run id", async () => {
    await saveDeploy(database(), event(16_903_214_587, "started"));
    expect(await findDeploy(database(), { ...target, number: 16_903_214_587 })).toMatchObject({
      externalId: 16_903_214_587,
    });
  });

  it.each<[DeployStatus[], DeployStatus]>([
    [["queued"], "queued"],
    [["queued", "started", "finished"], "finished"],
    [["finished", "started", "queued"], "finished"],
    [["started", "queued", "failed"], "failed"],
    [["canceled", "queued", "started"], "canceled"],
    [["queued", "canceled"], "canceled"],
    [["started", "started"], "started"],
    [["failed", "finished"], "failed"],
  ])("reported as %j is %s", async (reported, expected) => {
    const number = ++lastNumber;
    for (const status of reported) await saveDeploy(database(), event(number, status));
    expect(await findDeploy(database(), { ...target, number })).toMatchObject({
      status: expected,
      title: `mira ${expected} #${number}`,
    });
  });

  it("keeps its final status when all notifications arrive at once", async () => {
    const number = ++lastNumber;
    await Promise.all(
      (["finished", "queued", "started", "queued", "started", "finished"] as const).map((status) =>
        saveDeploy(database(), event(number, status)),
      ),
    );
    expect(await findDeploy(database(), { ...target, number })).toMatchObject({
      externalId: number,
      status: "finished",
      sha: "new",
      previousSha: "old",
      deployer: "mira.okafor@sentry.io",
      startedAt: new Date("2026-11-02T17:01:00Z"),
      duration: 300,
    });
  });

  it("keeps the fields that a later notification leaves out", async () => {
    const number = ++lastNumber;
    await saveDeploy(database(), event(number, "queued"));
    const bare = { actor: null, link: null, sha: null, previousSha: null, createdAt: null };
    expect(await saveDeploy(database(), event(number, "started", bare))).toMatchObject({
      status: "started",
      sha: "new",
      previousSha: "old",
      deployer: "mira.okafor@sentry.io",
      queuedAt: new Date("2026-11-02T17:00:00Z"),
    });
  });

  it("is stored separately for another environment and for another app", async () => {
    const number = ++lastNumber;
    await saveDeploy(database(), event(number, "finished"));
    await saveDeploy(database(), event(number, "queued", { environment: "staging" }));
    await saveDeploy(database(), event(number, "started", { app: "relay" }));
    const status = async (where: object) =>
      (await findDeploy(database(), { ...target, ...where, number }))?.status;
    expect([
      await status({}),
      await status({ environment: "staging" }),
      await status({ app: "relay" }),
    ]).toEqual(["finished", "queued", "started"]);
  });
});

describe("of many deploys", () => {
  const app = "many";
  const save = (number: number, status: DeployStatus, changes: Partial<FreightEvent> = {}) =>
    saveDeploy(database(), event(number, status, { app, ...changes }));

  it("the last finished one, and those in progress since, are found", async () => {
    const here = { app, environment: "production" };
    expect(await lastFinishedDeploy(database(), here)).toBeUndefined();
    await save(1, "finished");
    await save(2, "started");
    await save(3, "finished");
    await save(4, "failed");
    await save(5, "started");
    await save(6, "queued");
    await save(7, "canceled");
    await save(8, "started", { environment: "staging" });
    expect(await lastFinishedDeploy(database(), here)).toMatchObject({ externalId: 3 });
    const inProgress = await deploysInProgress(database(), here);
    expect(inProgress.map(({ externalId }) => externalId)).toEqual([6, 5]);
  });
});
