import { describe, expect, it } from "vitest";
import { normalize as normalizeBootstrap } from "../../../functions/bootstrap-dev-env/normalize.ts";
import { normalize as normalizeFreight } from "../../../functions/freight/normalize.ts";
import { normalize as normalizeGitHub } from "../../../functions/github/normalize.ts";
import { normalize as normalizePagerDuty } from "../../../functions/pagerduty/normalize.ts";
import { normalize as normalizeReport } from "../../../functions/report/normalize.ts";
import { normalize as normalizeWebpack } from "../../../functions/webpack/normalize.ts";
import { type Event, eventSchemas } from "../../../shared/events/event.ts";
import { defaultGitHubState } from "../../local/seed/github.ts";
import type { DemoDelivery } from "../delivery.ts";
import { demoState } from "../demo-state.ts";
import { demoHistory } from "./history.ts";
import { planHistory } from "./plan-history.ts";
import { plantedFailures } from "./planted-failures.ts";

const date = "2026-11-23";
const receivedAt = new Date("2026-11-24T09:00:00Z");
const deliveries = demoHistory(date).flat();
const events = deliveries.filter(({ source }) => source !== "slack").map(toEvent);

function fixedBody({ body }: DemoDelivery): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw new Error("A delivery of the history must have a fixed body");
}

function toEvent(delivery: DemoDelivery): Event {
  const payload = JSON.parse(fixedBody(delivery).toString("utf8"));
  const { id = "derived from the body", event = "" } = delivery;
  switch (delivery.source) {
    case "github":
      return normalizeGitHub({ id, event, payload, receivedAt });
    case "freight":
      return normalizeFreight({ id, payload, receivedAt });
    case "webpack":
      return normalizeWebpack({ id, body: payload, receivedAt });
    case "pagerduty":
      return normalizePagerDuty({ payload, receivedAt });
    case "report":
      return normalizeReport({ id, payload, receivedAt });
    case "bootstrap-dev-env":
      return normalizeBootstrap({ id, payload, receivedAt });
    default:
      throw new Error(`${delivery.source} is not expected here`);
  }
}

describe("the history", () => {
  it("depends on the date only", () => {
    const sent = (day: string) =>
      demoHistory(day).map((scene) => scene.map((one) => [one.source, one.id, fixedBody(one).toString()]));
    expect(sent(date)).toEqual(sent(date));
    expect(sent("2026-11-22")).not.toEqual(sent(date));
  });

  it("has no two deliveries that the suite would deduplicate", () => {
    const ids = deliveries.map((one) => `${one.source} ${one.id ?? fixedBody(one).toString()}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("normalizes to events that match their schemas", () => {
    for (const event of events) expect(eventSchemas[event.source].parse(event)).toEqual(event);
  });

  it("covers the thirty days before the demo's day, with scenes in ascending order", () => {
    const days = events.map(({ time }) => time.slice(0, 10));
    expect(days.filter((day) => day < "2026-10-23" || day > date)).toEqual([]);
    const labels = demoHistory(date).map(([first]) => first?.label.slice(0, 10) ?? "");
    expect(labels).toEqual(labels.toSorted());
  });

  it.each([
    ["github.pull_request.opened", 90],
    ["github.pull_request.closed", 80],
    ["github.pull_request.review_requested", 80],
    ["github.pull_request_review.submitted", 80],
    ["github.issues.opened", 50],
    ["github.issues.closed", 20],
    ["github.issue_comment.created", 50],
    ["github.push", 200],
    ["github.check_run.created", 250],
    ["github.check_run.completed", 250],
    ["github.workflow_job.completed", 150],
    ["webpack.asset_sizes", 150],
    ["freight.deploy.queued", 50],
    ["freight.deploy.finished", 50],
    ["freight.deploy.failed", 3],
    ["freight.deploy.canceled", 1],
    ["pagerduty.incident.triggered", 1],
    ["pagerduty.incident.resolved", 1],
    ["report.measurement", 20],
    ["bootstrap-dev-env.bootstrap_start", 10],
    ["bootstrap-dev-env.bootstrap_end", 8],
  ])("has enough events %s for the views: %d", (type, least) => {
    expect(events.filter((event) => event.type === type).length).toBeGreaterThanOrEqual(least);
  });

  it.each(["2026-11-21", "2026-11-22", "2026-11-23", "2027-01-05", "2028-03-01"])(
    "before %s has an incident after a change that nothing else makes a failure",
    (day) => {
      const plan = planHistory(day);
      const [incident] = plan.incidents;
      expect(plan.incidents).toHaveLength(1);
      const { failures } = plantedFailures(plan);
      expect(failures).toContainEqual({ number: incident?.deploy, reason: "incident" });
      expect(failures).toHaveLength(plantedFailures({ ...plan, incidents: [] }).failures.length + 1);
    },
  );

  it.each(["2026-11-21", "2026-11-22", "2026-11-23", "2027-01-05", "2028-03-01"])(
    "before %s has a rollback, a red master, flaky checks and setups that never end",
    (day) => {
      const { deploys, commits, bootstraps } = planHistory(day);
      const finished = deploys
        .filter(({ environment, outcome }) => environment === "production" && outcome === "finished")
        .map(({ sha }) => sha);
      expect(finished.length - new Set(finished).size).toBe(1);
      expect(commits.filter(({ checks }) => checks.at(-1)?.conclusion === "failure").length).toBeGreaterThan(
        2,
      );
      expect(commits.filter(({ checks }) => checks.length === 2).length).toBeGreaterThan(2);
      expect(bootstraps.filter(({ takes }) => takes === null).length).toBeGreaterThan(1);
      expect(Math.min(...deploys.map(({ number }) => number))).toBeGreaterThan(0);
    },
  );
});

describe("the state of the GitHub emulator in a demo", () => {
  const state = demoState(date);

  it("contains every tested, deployed or merged commit", () => {
    const contained = new Set(state.repositories.flatMap(({ commits }) => commits.map(({ sha }) => sha)));
    const { commits, deploys, pulls } = planHistory(date);
    const merged = pulls.flatMap(({ end, mergeSha }) => (end?.merged ? [mergeSha] : []));
    const shas = [...commits, ...deploys].map(({ sha }) => sha);
    const before = deploys.map(({ previousSha }) => previousSha);
    expect([...shas, ...before, ...merged].filter((sha) => !contained.has(sha))).toEqual([]);
  });

  it("ends with the default commits and pull requests", () => {
    for (const { fullName, commits, pullRequests } of defaultGitHubState().repositories) {
      const repository = state.repositories.find((candidate) => candidate.fullName === fullName);
      expect(repository?.commits.slice(-commits.length)).toEqual(commits);
      expect(repository?.pullRequests.slice(-pullRequests.length)).toEqual(pullRequests);
      const numbers = repository?.pullRequests.map(({ number }) => number) ?? [];
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });
});
