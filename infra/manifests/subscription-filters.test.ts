import { describe, expect, it } from "vitest";
import { type Feed, listFeeds } from "../../functions/deployment-feed/decide.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { listAffected } from "../../functions/required-checks/rule-change.ts";
import { parseIntent } from "../../functions/slack-app/parse-intent.ts";
import type { Event, GitHubEvent, Source } from "../../shared/events/event.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import { readBranchCheckRun } from "../../shared/github/required-check.ts";
import { type Deployable, listDeployedServices } from "../../shared/organization/deployment-targets.ts";
import { REPLAY_FOR, toMessage } from "../../shared/pubsub/message.ts";
import { REPLAY_TOPIC } from "../../shared/pubsub/topics.ts";
import type { Webhook } from "../../shared/webhook/define-webhook.ts";
import { config, service } from "../../test/support/getsentry.ts";
import { parseFilter } from "../emulators/pubsub/filter.ts";
import { readFunctions } from "./read-functions.ts";

/** Services that deploy what the examples of every source deploy. */
const services: (Deployable & { feed: Feed })[] = [
  {
    name: "all",
    feed: { channel: "#deploys", mode: "thread" },
    repository: "Codertocat/Hello-World",
    deployments: [
      { source: "freight", app: "getsentry", environment: "production" },
      { source: "github", environment: "production" },
      { source: "gocd", pipeline: "deploy-relay", lastStage: "deploy-primary" },
      { source: "report", app: "handbook", environment: "production" },
    ],
  },
];
const functions = await readFunctions();
const receivedAt = new Date("2026-11-02T17:10:00.000Z");

const autoServices = config.services.map((each) => ({
  ...each,
  requiredChecks: "auto" as const,
  repository: "octo-org/octo-repo",
}));

/** Whether a subscriber does anything with an event. A subscriber with a filter needs an entry. */
const actsOn: Record<string, (event: Event) => boolean> = {
  "deploy-progress": (event) => listDeployedServices(event, services).length > 0,
  deploys: (event) => readDeployment(event) !== null,
  "deployment-feed": (event) => listFeeds(listDeployedServices(event, services)).length > 0,
  "deployment-changes": (event) =>
    readDeployment(event)?.status === "finished" && listDeployedServices(event, services).length > 0,
  "deploy-ready": (event) => readBranchCheckRun(event, config.services)?.verdict === "passed",
  "required-checks": (event) =>
    readBranchCheckRun(event, config.services) !== null || listAffected(event, autoServices).length > 0,
  incidents: (event) => Boolean(event.incident),
  "slack-app": (event) => event.source === "slack" && parseIntent(event) !== null,
};

/** https://docs.github.com/rest/checks/runs */
const conclusions = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "stale",
];

/** Check runs of the deployed branch with each conclusion, as GitHub's events. */
async function listCheckRuns(): Promise<Event[]> {
  const { normalize } = await import("../../functions/github/normalize.ts");
  const payload = webhookExamples.find(({ event }) => event === "check_run")?.payload ?? {};
  const event = normalize({ id: "1", event: "check_run", payload, receivedAt });
  const { repository, checkRun } = event as GitHubEvent;
  if (!repository || !checkRun) throw new Error("The example is not a check run");
  return conclusions.map((conclusion) => ({
    ...event,
    type: "github.check_run.completed",
    action: "completed",
    repository: { ...repository, fullName: service.repository },
    checkRun: { ...checkRun, name: service.requiredChecks[0] ?? "", headBranch: service.branch, conclusion },
  }));
}

/** An issue with a label that makes it an incident, as GitHub's event. */
async function readIncidentIssue(): Promise<Event> {
  const { normalize } = await import("../../functions/github/normalize.ts");
  const example = webhookExamples.find(({ event }) => event === "issues")?.payload ?? {};
  const payload = { ...example, issue: { ...(example.issue as object), labels: [{ name: "incident" }] } };
  const { full_name: repository } = example.repository as { full_name: string };
  const labelled = { ...service, repository, incidents: { ...service.incidents, labels: ["incident"] } };
  return normalize({ id: "1", event: "issues", payload, receivedAt, services: [labelled] });
}

async function listEvents(): Promise<Event[]> {
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger);
  const examples = await Promise.all(
    sources.map(async ({ url }) => {
      const module = (await import(new URL("examples.ts", url).href)) as { examples(at: Date): Event[] };
      return module.examples(receivedAt);
    }),
  );
  const inChannels = examples
    .flat()
    .flatMap((event) => (event.type === "slack.message" ? [{ ...event, channelType: "channel" }] : []));
  return [...examples.flat(), ...inChannels, ...(await listCheckRuns()), await readIncidentIssue()];
}

const events = await listEvents();
const webhooks = new Map<Source, Webhook<Event>>();
for (const { name, url, manifest } of functions) {
  if (!("http" in manifest.trigger)) continue;
  const { webhook } = (await import(new URL("index.ts", url).href)) as { webhook: Webhook<Event> };
  webhooks.set(name as Source, webhook);
}

function attributesOf(event: Event): Record<string, string> {
  return toMessage(event, webhooks.get(event.source)?.filterable(event) ?? {}).attributes;
}

const filtered = functions.flatMap(({ name, subscriptions }) =>
  subscriptions.flatMap(({ topic, filter }) =>
    filter && topic !== REPLAY_TOPIC ? [{ name, topic, filter }] : [],
  ),
);

/** Each filter of a function once, with the topics that it applies to. */
const filters = filtered
  .filter((one, index) => index === filtered.findIndex((other) => isSameFilter(one, other)))
  .map((one) => ({
    ...one,
    topics: new Set(filtered.filter((other) => isSameFilter(one, other)).map(({ topic }) => topic)),
  }));

function isSameFilter(one: (typeof filtered)[number], other: (typeof filtered)[number]): boolean {
  return one.name === other.name && one.filter === other.filter;
}

describe.each(filters)("the filter $filter of $name", ({ name, filter, topics }) => {
  const passes = parseFilter(filter);
  const received = events.filter((event) => topics.has(`${event.source}-events`));
  const acted = received.filter((event) => actsOn[name]?.(event));

  it("is compared with at least one event that the subscriber acts on", () => {
    expect(actsOn[name], `add ${name} to actsOn`).toBeDefined();
    expect(acted.length).toBeGreaterThan(0);
  });

  it("passes every event that the subscriber acts on", () => {
    expect(acted.filter((event) => !passes(attributesOf(event))).map(({ type }) => type)).toEqual([]);
  });

  it("drops some event that the subscriber ignores, and everything on a topic that has nothing for it", () => {
    const others = received.filter((event) => !acted.includes(event));
    expect(others.some((event) => !passes(attributesOf(event)))).toBe(true);
    const useful = new Set(acted.map(({ source }) => source));
    const useless = others.filter(({ source }) => !useful.has(source));
    expect(useless.filter((event) => passes(attributesOf(event))).map(({ type }) => type)).toEqual([]);
  });
});

it("the subscribers to deployments get those of every source that publishes them", () => {
  const sources = new Set(events.filter((event) => readDeployment(event)).map(({ source }) => source));
  expect([...sources].sort()).toEqual(["freight", "github", "gocd", "report"]);
  for (const name of ["deploys", "deploy-progress", "deployment-changes", "deployment-feed", "metrics"]) {
    const topics = functions.find((folder) => folder.name === name)?.subscriptions.map(({ topic }) => topic);
    expect(topics, name).toEqual(expect.arrayContaining([...sources].map((source) => `${source}-events`)));
  }
});

it("the filters pass the deploys that a release before the attribute ce-deployment published", () => {
  for (const event of events.filter(({ source }) => source === "freight")) {
    const { "ce-deployment": _, ...earlier } = attributesOf(event);
    for (const { name, filter } of filtered.filter(({ topic }) => topic === "freight-events"))
      if (actsOn[name]?.(event)) expect(parseFilter(filter)(earlier), `${name} ${event.type}`).toBe(true);
  }
});

it("the topic replay passes a dead letter to the subscriber that it names, and to no other", () => {
  const replays = functions.flatMap(({ subscriptions }) =>
    subscriptions.filter(({ topic }) => topic === REPLAY_TOPIC),
  );
  expect(replays.length).toBeGreaterThan(1);
  for (const { function: name } of replays) {
    const passed = replays.filter(({ filter = "" }) => parseFilter(filter)({ [REPLAY_FOR]: name }));
    expect(passed.map((subscription) => subscription.name)).toEqual([`${name}-replay`]);
  }
});
