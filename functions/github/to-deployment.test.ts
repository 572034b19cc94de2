import { describe, expect, it } from "vitest";
import { githubEvent } from "../../shared/events/event.ts";
import { parseObject } from "../../shared/webhook/delivery.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";
import { webhookExamples } from "./webhook-examples.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const services = [
  {
    name: "Billing",
    repository: "getsentry/billing",
    deployments: [{ source: "github" as const, environment: "production" }],
  },
  {
    name: "Docs",
    repository: "getsentry/docs",
    deployments: [{ source: "github" as const, environment: "Pages", repository: "getsentry/billing" }],
  },
];

function publish(event: string, payload: Record<string, unknown>) {
  const published = normalize({ id: "1", event, payload, receivedAt, services });
  expect(githubEvent.parse(published)).toEqual(published);
  return published;
}

const sent = fixture("github/deployment-status-success") as {
  deployment: Record<string, unknown>;
  deployment_status: Record<string, unknown>;
};
/** A status with changes to the parts of its payload. */
function status(changes: { state?: unknown; status?: object; deployment?: object; other?: object }) {
  const { state = "success", status: more = {}, deployment = {}, other = {} } = changes;
  return publish("deployment_status", {
    ...sent,
    ...other,
    deployment: { ...sent.deployment, ...deployment },
    deployment_status: { ...sent.deployment_status, state, ...more },
  });
}

describe("the deployment of GitHub's events", () => {
  it("is queued when it is created", () => {
    const event = publish("deployment", fixture("github/deployment-created"));
    expect(event).toMatchObject({ type: "github.deployment.created", time: "2026-11-02T17:04:11.000Z" });
    expect(event.deployment).toEqual({
      app: "Billing",
      environment: "production",
      id: "3145988746",
      number: null,
      status: "queued",
      sha: "7c1f0a5b2e9d4c3f8a6b5d4e3c2b1a0f9e8d7c6b",
      previousSha: null,
      ref: "main",
      actor: "mira-okafor",
      link: "https://github.com/getsentry/billing/actions/runs/18903214587",
      createdAt: "2026-11-02T17:04:11.000Z",
      startedAt: null,
      finishedAt: null,
    });
  });

  it.each([
    ["queued", "queued", null, null],
    ["pending", "queued", null, null],
    ["waiting", "queued", null, null],
    ["in_progress", "started", "2026-11-02T17:08:40.000Z", null],
    ["success", "finished", null, "2026-11-02T17:08:40.000Z"],
    ["failure", "failed", null, "2026-11-02T17:08:40.000Z"],
    ["error", "failed", null, "2026-11-02T17:08:40.000Z"],
  ])("with the state %s is %s", (state, expected, startedAt, finishedAt) => {
    const event = status({ state });
    expect(event.time).toBe("2026-11-02T17:08:40.000Z");
    expect(event.deployment).toMatchObject({
      id: "3145988746",
      status: expected,
      createdAt: "2026-11-02T17:04:11.000Z",
      startedAt,
      finishedAt,
    });
  });

  it.each(["inactive", "a future state", 5, null])("does not change with the state %j", (state) => {
    expect(status({ state }).deployment).toBeNull();
  });

  it.each([
    [
      "the service that names repository and environment",
      "PRODUCTION",
      "getsentry/billing",
      "Billing",
      "production",
    ],
    ["a service that names another repository's environment", "pages", "GetSentry/Billing", "Docs", "Pages"],
    ["the repository", "staging", "getsentry/billing", "billing", "staging"],
    ["the repository of no service", "production", "getsentry/relay", "relay", "production"],
  ])("has the name of %s", (_, environment, full_name, app, stored) => {
    const repository = { id: 1, full_name };
    expect(status({ status: { environment }, other: { repository } }).deployment).toMatchObject({
      app,
      environment: stored,
    });
  });

  it("has the person who ran the workflow, else the creator", () => {
    const creator = { login: "github-actions[bot]" };
    expect(status({ deployment: { creator } }).deployment?.actor).toBe("mira-okafor");
    expect(status({ deployment: { creator }, other: { workflow_run: null } }).deployment?.actor).toBe(
      creator.login,
    );
    expect(
      status({ deployment: { creator: null }, other: { workflow_run: null } }).deployment?.actor,
    ).toBeNull();
  });

  it.each([
    ["the log", { log_url: "https://log", target_url: "https://target" }, "https://log"],
    ["the old name of the log", { log_url: "", target_url: "https://target" }, "https://target"],
    [
      "the workflow's run",
      { log_url: "", target_url: "" },
      "https://github.com/getsentry/billing/actions/runs/18903214587",
    ],
  ])("links %s", (_, urls, link) => {
    expect(status({ status: urls }).deployment?.link).toBe(link);
  });

  it("keeps every digit of an id above 2^53", () => {
    const { payload } = status({});
    const text = JSON.stringify(payload).replaceAll("3145988746", "9007199254740993");
    expect(publish("deployment_status", parseObject(text, "The body")).deployment?.id).toBe(
      "9007199254740993",
    );
  });

  it("is none, and the event is published, whatever the payload has instead", () => {
    for (const deployment of [null, {}, { id: "x" }, { id: 1, environment: 5 }, [], "text"])
      expect(
        publish("deployment_status", { ...sent, deployment, deployment_status: { state: "success" } })
          .deployment,
      ).toBeNull();
    expect(publish("deployment", { repository: null }).deployment).toBeNull();
  });

  it("is in all of Octokit's examples, and in no other event", () => {
    const found = webhookExamples.filter(({ event, payload }) => publish(event, payload).deployment !== null);
    expect(new Set(found.map(({ event }) => event))).toEqual(new Set(["deployment", "deployment_status"]));
    expect(found).toHaveLength(
      webhookExamples.filter(({ event }) => event.match(/^deployment(_status)?$/)).length,
    );
  });
});
