import { describe, expect, it } from "vitest";
import { withDatabase } from "../../test/support/with-database.ts";
import type { DeployStatus } from "../events/deployment.ts";
import type { FreightEvent, GitHubEvent } from "../events/event.ts";
import { toFreightDeployment } from "../events/read-deployment.ts";
import { database } from "./database.ts";
import { deploysInProgress, lastFinishedDeploy, readAttempts, saveDeploy } from "./deploys.ts";
import { deploys } from "./schema.ts";

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

const save = (reported: FreightEvent) => saveDeploy(reported, toFreightDeployment(reported));
const find = async (number: number, where: Partial<typeof target> = {}) =>
  (await readAttempts(database(), { source: "freight", ...target, ...where, id: String(number) })).at(-1);

describe("a deploy", () => {
  it("may have a number beyond 32 bits, such as GitHub's run id", async () => {
    await save(event(16_903_214_587, "started"));
    expect(await find(16_903_214_587)).toMatchObject({ id: "16903214587", number: 16_903_214_587 });
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
    for (const status of reported) await save(event(number, status));
    expect(await find(number)).toMatchObject({
      status: expected,
      title: `mira ${expected} #${number}`,
    });
  });

  it("keeps its final status when all notifications arrive at once", async () => {
    const number = ++lastNumber;
    await Promise.all(
      (["finished", "queued", "started", "queued", "started", "finished"] as const).map((status) =>
        save(event(number, status)),
      ),
    );
    expect(await find(number)).toMatchObject({
      number,
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
    await save(event(number, "queued"));
    const bare = { actor: null, link: null, sha: null, previousSha: null, createdAt: null };
    expect(await save(event(number, "started", bare))).toMatchObject({
      status: "started",
      sha: "new",
      previousSha: "old",
      deployer: "mira.okafor@sentry.io",
      queuedAt: new Date("2026-11-02T17:00:00Z"),
    });
  });

  it("is stored separately for another environment and for another app", async () => {
    const number = ++lastNumber;
    await save(event(number, "finished"));
    await save(event(number, "queued", { environment: "staging" }));
    await save(event(number, "started", { app: "relay" }));
    const status = async (where: object) => (await find(number, where))?.status;
    expect([
      await status({}),
      await status({ environment: "staging" }),
      await status({ app: "relay" }),
    ]).toEqual(["finished", "queued", "started"]);
  });
});

describe("of many deploys", () => {
  const app = "many";
  const report = (number: number, status: DeployStatus, changes: Partial<FreightEvent> = {}) =>
    save(event(number, status, { app, ...changes }));

  it("the last finished one, and those in progress since, are found", async () => {
    const here = [{ app, environment: "production" }];
    expect(await lastFinishedDeploy(database(), here)).toBeUndefined();
    await report(1, "finished");
    await report(2, "started");
    await report(3, "finished");
    await report(4, "failed");
    await report(5, "started");
    await report(6, "queued");
    await report(7, "canceled");
    await report(8, "started", { environment: "staging" });
    expect(await lastFinishedDeploy(database(), here)).toMatchObject({ number: 3 });
    const inProgress = await deploysInProgress(database(), here);
    expect(inProgress.map(({ number }) => number)).toEqual([6, 5]);
  });
});

/** As GitHub reports a deployment: it names no earlier commit, and each status has its own time. */
function deploymentStatus(id: string, status: DeployStatus, minute: number, sha: string): GitHubEvent {
  const time = `2026-11-02T17:${String(minute).padStart(2, "0")}:00.000Z`;
  const isEnd = status !== "queued" && status !== "started";
  return {
    id: `${id} ${status} ${minute}`,
    source: "github",
    type: "github.deployment_status.created",
    subject: "o/billing@1",
    time,
    receivedAt: time,
    actor: null,
    payload: null,
    event: "deployment_status",
    action: "created",
    repository: null,
    organization: null,
    installationId: null,
    deployment: {
      app: "billing",
      environment: "production",
      id,
      number: null,
      status,
      sha,
      previousSha: null,
      ref: null,
      actor: null,
      link: null,
      createdAt: null,
      startedAt: status === "started" ? time : null,
      finishedAt: isEnd ? time : null,
    },
  };
}

describe("a deployment whose source names no commit before it", () => {
  const here = { source: "github", app: "billing", environment: "production" };
  const save = (id: string, status: DeployStatus, minute: number, sha: string) => {
    const reported = deploymentStatus(id, status, minute, sha);
    if (!reported.deployment) throw new Error("no deployment");
    return saveDeploy(reported, reported.deployment);
  };

  it("follows the last finished one of its target, also when that one finished while it was queued", async () => {
    expect(await save("1", "finished", 1, "first")).toMatchObject({ previousSha: null });
    await save("2", "started", 2, "second");
    expect(await save("3", "queued", 3, "third")).toMatchObject({ previousSha: "first" });
    await save("2", "finished", 4, "second");
    await save("4", "failed", 5, "fourth");
    expect(await save("3", "finished", 6, "third")).toMatchObject({ previousSha: "second" });
    // A repeated report does not look for it again.
    expect(await save("3", "finished", 6, "third")).toMatchObject({ previousSha: "second" });
  });

  it("has an attempt for each time that it runs, and follows itself if it had finished", async () => {
    await save("5", "started", 10, "fifth");
    await save("5", "failed", 11, "fifth");
    await save("5", "started", 12, "fifth");
    await save("5", "finished", 13, "fifth");
    expect(await save("5", "started", 14, "fifth")).toMatchObject({ attempt: 3, previousSha: "fifth" });
    const attempts = await readAttempts(database(), { ...here, id: "5" });
    expect(attempts.map(({ status, previousSha }) => [status, previousSha])).toEqual([
      ["failed", "third"],
      ["finished", "third"],
      ["started", "fifth"],
    ]);
    expect(await deploysInProgress(database(), [here])).toMatchObject([{ id: "5", attempt: 3 }]);
  });

  it("is stored once when all subscribers save it at once", async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => save("6", n % 2 ? "started" : "finished", n % 2 ? 20 : 21, "x")),
    );
    expect(await readAttempts(database(), { ...here, id: "6" })).toMatchObject([
      { status: "finished", startedAt: new Date("2026-11-02T17:20:00Z") },
    ]);
  });

  it("is not mistaken for a deploy of Freight with the same name and number", async () => {
    await save("7", "started", 30, "seventh");
    const { rowId } = await saveDeploy(
      event(7, "failed", { app: "billing" }),
      toFreightDeployment(event(7, "failed", { app: "billing" })),
    );
    expect(await readAttempts(database(), { ...here, id: "7" })).toMatchObject([{ status: "started" }]);
    expect(rowId).toBeGreaterThan(0);
  });

  it("follows a deploy that an earlier release stored", async () => {
    await database()
      .insert(deploys)
      .values({
        externalId: 900,
        app: "legacy",
        environment: "production",
        status: "started",
        title: "",
        startedAt: new Date("2026-11-02T17:01:00Z"),
      });
    const reported = event(900, "finished", { app: "legacy" });
    expect(await saveDeploy(reported, toFreightDeployment(reported))).toMatchObject({
      status: "finished",
      number: 900,
      attempt: 1,
    });
    expect(
      await lastFinishedDeploy(database(), [{ app: "legacy", environment: "production" }]),
    ).toMatchObject({
      id: "900",
      number: 900,
    });
  });
});
