import { createHash } from "node:crypto";
import type { CommitState, PullRequest } from "../emulators/github/state.ts";
import { checkRunPayload } from "../emulators/github/webhooks/check-run.ts";
import { pushPayload } from "../emulators/github/webhooks/push.ts";

/** A request of a sender. */
export interface Delivery {
  source: "github" | "slack" | "freight" | "webpack" | "bootstrap-dev-env" | "pagerduty";
  body: object;
  /** GitHub only. */
  event?: string;
  id?: string;
  /** Rows that the event has in the views, by view. */
  rows: Record<string, number>;
}

/** Deliveries of a branch that turns red, turns green and is deployed, of an incident, and everything that has to follow from them. */
export interface Story {
  /** New on the deployed branch, oldest first; GitHub has them before the first delivery. */
  commits: CommitState[];
  pullRequests: PullRequest[];
  /** Mentions of the bot, which Slack has before the first delivery. */
  mentions: { user: string; channel: string; ts: string; text: string }[];
  /** In this order. The result of a phase does not depend on the order of its deliveries. */
  phases: Delivery[][];
  /** Messages of the bot, as `describeMessages` names them. */
  posted: string[];
  /** Texts of those that change, in their last state. */
  shown: string[];
  /** Deploys that Postgres has as finished: `<app>/<environment>/<number>` */
  finishedDeploys: string[];
  /** Rows of the incident: `<id> <status> <number of the deploy that it is linked to>` */
  incidentRows: string[];
}

const REPOSITORY = "getsentry/getsentry";
const BRANCH = "master";
const CHECK = "getsentry required checks";
const CHANNEL = "C0ENG";
const BOT = "U0BOT";
const authors = [
  { login: "mira-okafor", name: "Mira Okafor", email: "mira.okafor@sentry.io" },
  { login: "jonas-lindqvist", name: "Jonas Lindqvist", email: "jonas.lindqvist@sentry.io" },
];
const SECOND_MS = 1000;
/** Every story takes this long, in its own times: the next one's checks begin later. */
const STORY_MS = 60 * SECOND_MS;
const events = "product_eng.events_deduplicated";
const metrics = "product_eng.development_metrics_deduplicated";
const assets = "product_eng.asset_sizes_deduplicated";
const pulls = "product_eng.deployment_changes_deduplicated";
/** The views whose rows a story counts. */
export const countedViews = [events, metrics, assets, pulls];
const ONE_ROW = { [events]: 1 };
const WITH_METRIC = { ...ONE_ROW, [metrics]: 1 };

/**
 * Tells the story of four commits. Pure: the same number, start and parent give the same story.
 *
 * @param number from 0, unique in a run
 * @param start of the run, in milliseconds since 1970
 * @param parentSha last commit of the deployed branch, which is deployed
 */
export function tellStory(number: number, start: number, parentSha: string): Story {
  const at = (second: number) => new Date(start + number * STORY_MS + second * SECOND_MS).toISOString();
  const shas = [0, 1, 2, 3].map((index) => sha1(`${start} ${number} ${index}`));
  const [red = "", alsoRed = "", green = "", last = ""] = shas;
  const commits = shas.map((sha, index) => ({
    sha,
    message: `fix: Change ${number}.${index} (#${pullNumber(number, index)})`,
    author: authorOf(index),
    date: at(0),
  }));
  const mentions = [1, 2, 3].map((second) => ({
    user: "U0MIRA",
    channel: CHANNEL,
    ts: `${Math.floor(Date.parse(at(0)) / 1000)}.${String(second).padStart(6, "0")}`,
    text: `<@${BOT}> help`,
  }));
  const context = { number, at };
  const incident = describeIncident(number);
  const check = (sha: string, conclusion: string, startedAt: number, name = CHECK) =>
    checkRun(context, { sha, conclusion, startedAt, name });
  const [first = [], second = [], third = []] = mentions.map((mention) => [mentionDelivery(mention)]);
  return {
    commits,
    pullRequests: commits.map(({ sha }, index) =>
      pullRequest(pullNumber(number, index), authorOf(index).login, sha, parentSha, at(0)),
    ),
    mentions,
    phases: [
      [
        push(context, commits),
        check(red, "failure", 1),
        check(alsoRed, "failure", 2),
        check(red, "failure", 3, "backend tests"),
        ping(number),
        ...first,
        webpack(number, 0, 2),
        webpack(number, 1, 1),
        bootstrap("bootstrap_start", at(1)),
        bootstrap("bootstrap_end", at(2)),
      ],
      [
        check(green, "success", 20),
        check(last, "success", 21),
        check(last, "success", 22, "backend tests"),
        ...second,
        incidentDelivery(context, "triggered", 25),
        webpack(number, 2, 3),
        bootstrap("bootstrap_start", at(20)),
      ],
      [
        ...["2", "0", "1"].map((status) => deploy(context, { status, sha: last, previous: parentSha })),
        ...["2", "1"].map((status) =>
          deploy(context, { status, sha: last, previous: parentSha, environment: "staging" }),
        ),
        ...third,
        incidentDelivery(context, "resolved", 55),
        webpack(number, 3, 1),
        bootstrap("bootstrap_end", at(40)),
      ],
    ],
    posted: [
      ...[red, alsoRed].map((sha) => `alert ${short(sha)}`),
      "alert in the channel",
      "jobs",
      "passing again",
      ...[green, last].flatMap((sha) => [`ready ${short(sha)}`, `deployed ${short(sha)}`]),
      ...mentions.map(({ ts }) => `help ${ts}`),
      `incident ${incident.title}`,
    ],
    // Either of the two failed checks may arrive first: it is the one that the next pass mends.
    shown: [
      "alert was failing and is now fixed",
      "alert is unknown, due to a previously broken build",
      ...[green, last].map((sha) => `ready ${short(sha)} has been deployed`),
      `incident ${incident.title} resolved`,
    ],
    finishedDeploys: ["production", "staging"].map((environment) => `getsentry/${environment}/${number + 1}`),
    // It opens before this story's deploy: the deploy of the story before is the last one.
    incidentRows: ["opened", "resolved"].map((status) => `${incident.id} ${status} ${number || null}`),
  };
}

interface Context {
  number: number;
  at: (second: number) => string;
}

function push({ at }: Context, commits: CommitState[]): Delivery {
  const pushed = commits.map(({ sha, message, date }) => ({
    sha,
    message,
    treeSha: sha1(sha),
    authoredAt: date,
  }));
  const author = authorOf(0).login;
  const body = pushPayload({ repository: REPOSITORY, branch: BRANCH, author, commits: pushed, at: at(0) });
  return github("push", body, `push ${at(0)}`, ONE_ROW);
}

function checkRun(
  { number, at }: Context,
  { sha, conclusion, startedAt, name }: { sha: string; conclusion: string; startedAt: number; name: string },
): Delivery {
  const body = checkRunPayload({
    repository: REPOSITORY,
    sender: "getsentry-bot",
    action: "completed",
    id: number * 100 + startedAt + 1,
    name,
    sha,
    branch: BRANCH,
    status: "completed",
    conclusion,
    startedAt: at(startedAt),
    completedAt: at(startedAt + 10),
    jobs: { backend: conclusion, frontend: "success" },
  });
  return github("check_run", body, `${name} ${sha} ${conclusion}`, WITH_METRIC);
}

function ping(number: number): Delivery {
  return github("ping", { zen: "Design for failure.", hook_id: number + 1 }, `ping ${number}`, ONE_ROW);
}

function github(event: string, body: object, name: string, rows: Record<string, number>): Delivery {
  const id = sha1(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  return { source: "github", event, body, id, rows };
}

function mentionDelivery({ user, channel, ts, text }: Story["mentions"][number]): Delivery {
  const body = {
    team_id: "T0LOCAL",
    api_app_id: "A0LOCAL",
    type: "event_callback",
    authorizations: [{ team_id: "T0LOCAL", user_id: BOT, is_bot: true }],
    event_id: `Ev${ts.replace(".", "")}`,
    event_time: Math.floor(Number(ts)),
    event: { type: "app_mention", user, text, ts, channel, event_ts: ts },
  };
  return { source: "slack", body, rows: ONE_ROW };
}

function webpack(number: number, report: number, files: number): Delivery {
  const body = Array.from({ length: files }, (_, file) => ({
    pull_request_number: pullNumber(number, report),
    commit: sha1(`${number} ${report}`),
    file: `${file}.js`,
    entrypointName: "app",
    size: 1000 + number,
    environment: "ci",
    node_env: "production",
  }));
  return { source: "webpack", body, rows: { ...ONE_ROW, [assets]: files } };
}

/** With its time: a report without one gets an id that depends on the minute of its arrival. */
function bootstrap(event: string, created_at: string): Delivery {
  return { source: "bootstrap-dev-env", body: { event, name: "mira", created_at }, rows: WITH_METRIC };
}

/** @param status as Freight numbers them: 2 queued, 0 started, 1 finished */
function deploy(
  { number, at }: Context,
  {
    status,
    sha,
    previous,
    environment = "production",
  }: Record<"status" | "sha" | "previous", string> & { environment?: string },
): Delivery {
  const isFinished = status === "1";
  const body = {
    app_name: "getsentry",
    environment,
    deploy_number: number + 1,
    status,
    title: `[getsentry/${environment}] ${isFinished ? "Successfully finished" : "mira.okafor@sentry.io started"} deploy`,
    date_created: at(40),
    date_started: status === "2" ? null : at(41),
    date_finished: isFinished ? at(50) : null,
    duration: isFinished ? 9 : null,
    link: `https://freight.getsentry.net/deploys/getsentry/${environment}/${number + 1}`,
    ref: BRANCH,
    sha,
    previous_sha: previous,
    user: "mira.okafor@sentry.io",
  };
  const isProduction = environment === "production";
  const shipped = isProduction && isFinished ? { [pulls]: 4 } : {};
  return { source: "freight", body, rows: { ...(isProduction ? WITH_METRIC : ONE_ROW), ...shipped } };
}

function describeIncident(number: number) {
  return { id: `INCIDENT${number}`, title: `Outage ${number}` };
}

function incidentDelivery(
  { number, at }: Context,
  event: "triggered" | "resolved",
  second: number,
): Delivery {
  const { id, title } = describeIncident(number);
  const body = {
    event: {
      id: sha1(`${at(0)} ${id} ${event}`).slice(0, 26),
      event_type: `incident.${event}`,
      resource_type: "incident",
      occurred_at: at(second),
      data: {
        ...{ id, title, type: "incident", status: event, created_at: at(25) },
        ...{ service: { id: "PSERVICE", summary: "getsentry" }, urgency: "high" },
      },
    },
  };
  return { source: "pagerduty", body, rows: ONE_ROW };
}

function pullRequest(number: number, author: string, sha: string, baseSha: string, at: string): PullRequest {
  const head = { headSha: sha1(`head ${sha}`), headBranch: `fix/${number}`, baseSha };
  return { number, title: `fix: Change ${number}`, author, ...head, merged: { sha, at } };
}

function pullNumber(story: number, index: number): number {
  return 100_000 + story * 10 + index;
}

function authorOf(index: number): (typeof authors)[number] {
  return authors[index % 2] ?? { login: "", name: "", email: "" };
}

function short(sha: string): string {
  return sha.slice(0, 7);
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
