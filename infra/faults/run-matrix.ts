import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { defaultGitHubState } from "../local/seed/github.ts";
import { post, signFor } from "../send/send.ts";
import { ArmedFault } from "./armed-fault.ts";
import {
  type AcceptedEvent,
  compareLists,
  compareRows,
  describeMessages,
  findUnknownRows,
  type RoundResult,
  type RowCounts,
} from "./compare.ts";
import { type Deployment, startDeployment } from "./deployment.ts";
import type { Round } from "./schedule.ts";
import { countedViews, type Delivery, type Story, tellStory } from "./story.ts";

/** Senders give up waiting: Slack after 3 s, PagerDuty after 5 s, GitHub after 10 s. */
const SENDER_TIMEOUT_MS = {
  slack: 3000,
  github: 10_000,
  freight: 10_000,
  webpack: 10_000,
  "bootstrap-dev-env": 10_000,
  pagerduty: 5000,
};
const SEND_AGAIN_MS = 300;
const ATTEMPTS = 30;
/** Longer than the longest hang, and the deliveries that wait behind it. */
const IDLE_MS = 240_000;

export interface MatrixRun {
  results: RoundResult[];
  /** Rows that belong to no event of any round, and messages that no subscriber could process. */
  unattributed: string[];
}

interface AcceptedDelivery {
  event: AcceptedEvent;
  /** Responses with status 500 or more before it was accepted. */
  refusals: string[];
}

interface FinishedRound {
  result: RoundResult;
  story: Story;
  events: AcceptedEvent[];
}

/**
 * Starts the suite in `dir`, tells one story for each round while the round's fault is armed, and compares.
 *
 * @param onRound called after each round, before its rows are counted
 * @throws {Error} if a delivery is never accepted, or the suite does not recover within four minutes
 */
export async function runMatrix(
  dir: string,
  rounds: Round[],
  onRound: (result: RoundResult) => void,
): Promise<MatrixRun> {
  const armed = new ArmedFault();
  const github = defaultGitHubState();
  const deployment = await startDeployment(dir, github, armed);
  try {
    const start = Date.now() - rounds.length * 60_000;
    const repository = github.repositories.find(({ fullName }) => fullName === "getsentry/getsentry");
    if (!repository) throw new Error("The GitHub emulator has no getsentry/getsentry");
    const finished: FinishedRound[] = [];
    for (const [number, round] of rounds.entries()) {
      const story = tellStory(number, start, repository.commits.at(-1)?.sha ?? "");
      repository.commits.push(...story.commits);
      repository.pullRequests.push(...story.pullRequests);
      if (round.step === "first-read") await deployment.restartFunctions();
      armed.arm(round);
      finished.push(await playStory(deployment, round, story, armed));
      onRound(finished.at(-1)?.result ?? fail("A round has no result"));
    }
    return await addRows(deployment, finished);
  } finally {
    await deployment.stop();
  }
}

async function playStory(
  deployment: Deployment,
  round: Round,
  story: Story,
  armed: ArmedFault,
): Promise<FinishedRound> {
  const slack = deployment.services.slack.current;
  for (const mention of story.mentions) slack.write(mention);
  const earlier = new Set(slack.messages().map(({ channel, ts }) => `${channel} ${ts}`));
  const accepted: AcceptedDelivery[] = [];
  for (const phase of story.phases) {
    accepted.push(...(await Promise.all(phase.map((delivery) => deliver(deployment, delivery)))));
    await waitUntilIdle(deployment, `${round.part} ${round.step} ${round.fault}`);
  }
  armed.disarm();
  const all = slack.messages();
  const described = describeMessages(
    all.filter(({ channel, ts }) => !earlier.has(`${channel} ${ts}`)),
    slack.workspace.bot.id,
    all,
  );
  const posted = compareLists(story.posted, described.posted);
  const shown = compareLists(story.shown, described.shown);
  const events = accepted.map(({ event }) => event);
  const refused = mayRefuse(round) ? [] : accepted.flatMap(({ refusals }) => refusals);
  const result = {
    ...round,
    hits: armed.hits,
    sent: events.length,
    lost: 0,
    doubledRows: 0,
    missingMessages: posted.missing.length + shown.missing.length,
    doubledMessages: posted.surplus.length,
    differences: [
      ...posted.missing.map((name) => `missing message: ${name}`),
      ...shown.missing.map((name) => `missing state: ${name} (instead: ${shown.surplus.join(", ")})`),
      ...posted.surplus.map((name) => `doubled message: ${name}`),
      ...refused.map((text) => `refused although the last secrets are valid: ${text}`),
    ],
  };
  return { result, story, events };
}

/** While a secret cannot be read again, a process goes on with the values that it has. */
function mayRefuse({ step, fault }: Round): boolean {
  return step !== "refresh" || fault === "killed-before" || fault === "killed-after";
}

/** Sends a delivery until it is accepted, each time with the same id and bytes, as GitHub's and Slack's redelivery does. */
async function deliver(
  { url, functions }: Deployment,
  { source, body, event, id, rows }: Delivery,
): Promise<AcceptedDelivery> {
  const folder = functions.find(({ name }) => name === source) ?? fail(`There is no function ${source}`);
  const bytes = Buffer.from(JSON.stringify(body));
  const refusals: string[] = [];
  let failure = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const headers = await signFor(folder, { body: bytes, ...(event && { event }), ...(id && { id }) });
    try {
      const sent = await post(`${url}/${source}`, headers, bytes, SENDER_TIMEOUT_MS[source]);
      if (sent.status < 300 && sent.eventId !== null) return { event: { id: sent.eventId, rows }, refusals };
      failure = `${sent.status} ${sent.body}`;
      // No sender sends again what was refused for its content.
      if (sent.status < 500) break;
      refusals.push(`${source}: ${failure}`);
    } catch (error) {
      failure = String(error);
    }
    await sleep(SEND_AGAIN_MS);
  }
  throw new Error(`${source} did not accept a delivery: ${failure}`);
}

async function waitUntilIdle({ services, inFlight }: Deployment, during: string) {
  const until = Date.now() + IDLE_MS;
  while (!services.pubsub.current.idle() || inFlight() > 0) {
    if (Date.now() > until) {
      const waiting = services.pubsub.current
        .outstanding()
        .map(({ subscription, attempt, lastError }) => `${subscription}, attempt ${attempt}: ${lastError}`);
      throw new Error(
        `Not idle after ${IDLE_MS} ms, with the fault ${during}: ${waiting.slice(0, 3).join("; ")}`,
      );
    }
    await sleep(20);
  }
}

/** Adds what the warehouse, Postgres and the dead-letter topic show at the end. */
async function addRows({ services }: Deployment, finished: FinishedRound[]): Promise<MatrixRun> {
  const counts: RowCounts = new Map();
  for (const view of countedViews) {
    const rows = await services.warehouse.current.query(
      `SELECT event_id, COUNT(*) AS n FROM ${view} GROUP BY event_id`,
    );
    counts.set(view, new Map(rows.map(({ event_id, n }) => [String(event_id), Number(n)])));
  }
  const deploys = await readFinishedDeploys();
  const incidentRows = await readIncidentRows(services);
  const results = finished.map(({ result, story, events }) => {
    const rows = compareRows(events, counts);
    const missingDeploys = compareLists(story.finishedDeploys, deploys).missing;
    const incident = compareLists(
      story.incidentRows,
      incidentRows.get(story.incidentRows[0]?.split(" ")[0] ?? "") ?? [],
    );
    return {
      ...result,
      lost:
        new Set(rows.missing.map((row) => row.split(" ")[1])).size +
        missingDeploys.length +
        incident.missing.length,
      doubledRows: rows.surplus.length + incident.surplus.length,
      differences: [
        ...result.differences,
        ...rows.missing.map((row) => `missing row: ${row}`),
        ...missingDeploys.map((deploy) => `deploy not finished in Postgres: ${deploy}`),
        ...incident.missing.map((row) => `missing row of an incident: ${row}`),
        ...rows.surplus.map((row) => `doubled row: ${row}`),
        ...incident.surplus.map((row) => `another row of an incident: ${row}`),
      ],
    };
  });
  const unknown = findUnknownRows(
    finished.flatMap(({ events }) => events),
    counts,
  );
  const dead = services.pubsub.current.outstanding().map(({ lastError }) => `dead letter: ${lastError}`);
  return { results, unattributed: [...unknown.map((row) => `row of an unknown event: ${row}`), ...dead] };
}

/** Rows of every incident in the terms of a story, by the incident's id. */
async function readIncidentRows({ warehouse }: Deployment["services"]): Promise<Map<string, string[]>> {
  const rows = await warehouse.current.query(
    "SELECT id, status, deployment_number FROM product_eng.incident_states_deduplicated ORDER BY version",
  );
  const byIncident = new Map<string, string[]>();
  for (const { id, status, deployment_number: deploy } of rows) {
    const key = String(id);
    byIncident.set(key, [
      ...(byIncident.get(key) ?? []),
      `${key} ${status} ${deploy === null ? null : Number(deploy)}`,
    ]);
  }
  return byIncident;
}

async function readFinishedDeploys(): Promise<string[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT app || '/' || environment || '/' || external_id AS name FROM deploys WHERE status = 'finished'",
  );
  await client.end();
  return rows.map(({ name }) => name);
}

function fail(message: string): never {
  throw new Error(message);
}
