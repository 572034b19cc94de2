import { describe, expect, it } from "vitest";
import { isProductionDeploy } from "../../functions/deploy-progress/decide.ts";
import { hasShippedCommits } from "../../functions/deploy-pull-requests/pull-request-rows.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { parseIntent } from "../../functions/slack-app/parse-intent.ts";
import type { Event, GitHubEvent, Source } from "../../shared/events/event.ts";
import { readRequiredCheckRun } from "../../shared/github/required-check.ts";
import { REPLAY_FOR, toMessage } from "../../shared/pubsub/message.ts";
import type { Webhook } from "../../shared/webhook/define-webhook.ts";
import { config, service } from "../../test/support/getsentry.ts";
import { parseFilter } from "../emulators/pubsub/filter.ts";
import { readFunctions } from "./read-functions.ts";
import { REPLAY_TOPIC } from "./subscription-policy.ts";

const functions = await readFunctions();
const receivedAt = new Date("2026-11-02T17:10:00.000Z");

/** Whether a subscriber does anything with an event. A subscriber with a filter needs an entry. */
const actsOn: Record<string, (event: Event) => boolean> = {
  "deploy-progress": (event) => isProductionDeploy(event, config.services),
  "deploy-pull-requests": (event) => hasShippedCommits(event, config.services),
  "deploy-ready": (event) => readRequiredCheckRun(event, config)?.verdict === "passed",
  "required-checks": (event) => readRequiredCheckRun(event, config) !== null,
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
  return [...examples.flat(), ...inChannels, ...(await listCheckRuns())];
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

describe.each(filtered)("the filter of $name on $topic", ({ name, topic, filter }) => {
  const acted = events.filter((event) => `${event.source}-events` === topic && actsOn[name]?.(event));

  it("is compared with at least one event that the subscriber acts on", () => {
    expect(actsOn[name], `add ${name} to actsOn`).toBeDefined();
    expect(acted.length).toBeGreaterThan(0);
  });

  it("passes every event that the subscriber acts on", () => {
    const passes = parseFilter(filter);
    expect(acted.filter((event) => !passes(attributesOf(event))).map(({ type }) => type)).toEqual([]);
  });

  it("drops some event that the subscriber ignores", () => {
    const passes = parseFilter(filter);
    const others = events.filter((event) => `${event.source}-events` === topic && !acted.includes(event));
    expect(others.some((event) => !passes(attributesOf(event)))).toBe(true);
  });
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
