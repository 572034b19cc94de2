import { describe, expect, it } from "vitest";
import { gocdEvent } from "../../shared/events/gocd-event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const services = [
  {
    name: "Relay",
    repository: "GetSentry/relay",
    deployments: [{ source: "gocd" as const, pipeline: "deploy-relay", lastStage: "deploy-primary" }],
  },
];

function publish(payload: Record<string, unknown>, named = services) {
  const published = normalize({ id: "1", payload, receivedAt, services: named });
  expect(gocdEvent.parse(published)).toEqual(published);
  return published;
}

interface Payload {
  type: string;
  data: { pipeline: { stage: Record<string, unknown>; [field: string]: unknown } };
}

/** A notification of a stage with changes. */
function stage(
  name: string,
  stageChanges: object = {},
  pipelineChanges: object = {},
): Record<string, unknown> {
  const { data, type } = structuredClone(fixture(`gocd/${name}`)) as unknown as Payload;
  const pipeline = { ...data.pipeline, ...pipelineChanges };
  return { type, data: { pipeline: { ...pipeline, stage: { ...data.pipeline.stage, ...stageChanges } } } };
}

describe("a notification of GoCD", () => {
  it("maps the fields of a stage, and has the commit of the service's repository among several materials", () => {
    const event = publish(fixture("gocd/stage-passed"));
    expect(event).toMatchObject({
      type: "gocd.stage.passed",
      subject: "deploy-relay/20/deploy-primary/1",
      time: "2026-11-02T17:09:46.330Z",
      actor: { id: null, name: "mira.okafor@sentry.io", type: "user" },
      pipeline: { name: "deploy-relay", counter: 20, group: "relay" },
      stage: { name: "deploy-primary", counter: 1, state: "passed", createdAt: "2026-11-02T17:04:13.018Z" },
      materials: [
        { type: "git", repository: "getsentry/gocd-config", changed: false },
        { type: "git", repository: "getsentry/relay", branch: "main", changed: true },
      ],
    });
    expect(event.deployment).toEqual({
      app: "Relay",
      environment: "production",
      id: "deploy-relay/20",
      number: 20,
      status: "finished",
      sha: "2f6c1d8e9a0b4c7d8e5f6a1b2c3d4e5f60718293",
      previousSha: null,
      ref: "main",
      actor: "mira.okafor@sentry.io",
      link: null,
      createdAt: null,
      startedAt: "2026-11-02T17:04:13.018Z",
      finishedAt: "2026-11-02T17:09:46.330Z",
    });
  });

  it.each<[string, Record<string, unknown>, string | undefined, string]>([
    ["any stage that starts", stage("stage-building"), "started", "2026-11-02T17:04:13.018Z"],
    [
      "a stage that passes before the last",
      stage("stage-passed", { name: "deploy-canary" }),
      undefined,
      "2026-11-02T17:09:46.330Z",
    ],
    ["the last stage that passes", stage("stage-passed"), "finished", "2026-11-02T17:09:46.330Z"],
    ["any stage that fails", stage("stage-failed"), "failed", "2026-11-02T17:09:46.330Z"],
    ["any stage that is canceled", stage("stage-cancelled"), "canceled", "2026-11-02T17:09:46.330Z"],
    [
      "a re-run stage that starts",
      stage("stage-building", { counter: "2" }),
      "started",
      "2026-11-02T17:04:13.018Z",
    ],
    [
      "a stage in a future state",
      stage("stage-passed", { state: "Paused" }),
      undefined,
      "2026-11-02T17:09:46.330Z",
    ],
    [
      "a stage that a change started",
      stage("stage-building-without-zone"),
      "started",
      "2022-10-26T17:57:53.000Z",
    ],
  ])("of %s", (_, payload, status, time) => {
    const event = publish(payload);
    expect([event.deployment?.status, event.time]).toEqual([status, time]);
  });

  it("of a pipeline that no service names is published without a deployment", () => {
    expect(publish(fixture("gocd/stage-passed"), []).deployment).toBeNull();
  });

  it.each(["changes", "timer", "anonymous", "", null])(
    "has no actor if %j approved the stage",
    (approved) => {
      const event = publish(stage("stage-building", { "approved-by": approved }));
      expect([event.actor, event.deployment?.actor]).toEqual([null, null]);
    },
  );

  it.each([
    ["git@github.com:getsentry/relay.git", "getsentry/relay"],
    ["https://github.com/getsentry/relay", "getsentry/relay"],
    ["https://token@github.com/getsentry/relay.git/", "getsentry/relay"],
    ["ssh://git@github.com/getsentry/relay.git", "getsentry/relay"],
    ["relay", null],
    [null, null],
  ])("has the repository of the material %j as %j", (url, repository) => {
    const cause = [
      {
        material: { type: "git", "git-configuration": { url, branch: "main" } },
        modifications: [{ revision: "abc" }],
      },
    ];
    const event = publish(stage("stage-passed", {}, { "build-cause": cause }));
    expect(event.materials).toMatchObject([{ repository, revision: "abc" }]);
    expect(event.deployment?.sha).toBe(repository === null ? null : "abc");
  });

  it("has no commit if no material is the service's repository", () => {
    const cause = [
      {
        material: { type: "pipeline" },
        changed: true,
        modifications: [{ revision: "build-relay/7/package/1" }],
      },
    ];
    const event = publish(stage("stage-passed", {}, { "build-cause": cause }));
    expect(event.deployment).toMatchObject({ sha: null, ref: null });
  });

  it("is accepted with any type of a field that identifies nothing", () => {
    for (const value of [5, true, "", "text", {}, [], [null], null, undefined]) {
      for (const field of [
        "approved-by",
        "approval-type",
        "create-time",
        "last-transition-time",
        "jobs",
        "result",
      ])
        expect(publish(stage("stage-passed", { [field]: value })).deployment?.status, field).toBe("finished");
      for (const field of ["group", "build-cause", "future"])
        expect(publish(stage("stage-passed", {}, { [field]: value })).deployment?.status, field).toBe(
          "finished",
        );
    }
  });

  it.each([
    ["type", { data: {} }],
    ["name", stage("stage-passed", {}, { name: "" })],
    ["counter", stage("stage-passed", {}, { counter: "x" })],
    ["stage.name", stage("stage-passed", { name: 5 })],
    ["stage.counter", stage("stage-passed", { counter: null })],
    ["stage.state", stage("stage-passed", { state: "" })],
  ])("is refused without %s, and the error names the field", (field, payload) => {
    expect(() => publish(payload)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(field) }),
    );
  });

  it.each(["agent", "config", "a future one"])(
    "of the type %s is published, and is about no deployment",
    (type) => {
      expect(publish({ ...fixture("gocd/agent"), type })).toMatchObject({
        type: `gocd.${type}`,
        subject: type,
        time: "2026-11-02T17:10:00.000Z",
        deployment: null,
      });
    },
  );
});
