import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import type { CommitState, Repository } from "../../infra/emulators/github/state.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import type { LocalMessage } from "../../infra/emulators/slack/workspace.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { type CheckRun, checkRunDelivery } from "./check-run-delivery.ts";
import { startTestSuite, type TestSuite } from "./test-suite.ts";

export const mira = { login: "mira-okafor", name: "Mira Okafor", email: "mira.okafor@sentry.io" };
export const jonas = {
  login: "jonas-lindqvist",
  name: "Jonas Lindqvist",
  email: "jonas.lindqvist@sentry.io",
};

/** A deploy in Freight's terms. */
export interface Report {
  number: number;
  status: "queued" | "started" | "finished" | "failed" | "canceled";
  sha: string;
  previousSha?: string | null;
  /** Default: mira.okafor@sentry.io */
  user?: string | null;
  [field: string]: unknown;
}

/** A suite with actions for commits and their deploys. */
export interface DeploySuite extends TestSuite {
  slack: RunningSlack;
  github: RunningGitHub;
  /** Pushes a commit to the deployed branch of a repository, by default getsentry's. @returns its sha */
  commit(changes?: Partial<CommitState>, repository?: string): string;
  /** Delivers a check run, by default one that passed, and waits until the suite is idle. @returns the event's id */
  pass(sha: string, run?: Partial<CheckRun>): Promise<string>;
  /** Delivers a deploy's status and waits until the suite is idle. @returns the event's id */
  report(report: Report): Promise<string>;
  /** Delivers a deploy's status without waiting. */
  sendReport(report: Report): Promise<string>;
  /** Outcome and number of attempts of an event at a function. */
  outcome(eventId: string, name: string): Promise<{ outcome: string; attempts: number } | undefined>;
  /** The messages about a commit, and the replies to them, oldest first. */
  messagesAbout(sha: string): LocalMessage[];
  repliesTo(message: LocalMessage | undefined): LocalMessage[];
}

export async function startDeploySuite(): Promise<DeploySuite> {
  const suite = await startTestSuite();
  const [slack, github] = [suite.services.slack?.current, suite.services.github?.current];
  if (!slack || !github)
    throw new Error("SLACK_API_URL or GITHUB_API_URL is set: these tests need the local ones");
  const repository = (name: string): Repository => {
    const found = github.state.repositories.find(({ fullName }) => fullName === name);
    if (!found) throw new Error(`The local GitHub has no ${name}`);
    return found;
  };

  const accepted = async (sent: Promise<{ status: number; eventId: string | null }>) => {
    const { status, eventId } = await sent;
    expect(status).toBe(202);
    return eventId ?? "";
  };
  const quiet = async (sent: Promise<string>) => {
    const id = await sent;
    await suite.settled();
    return id;
  };
  const sendReport = (report: Report) => accepted(suite.send("freight", notification(report)));
  return {
    ...suite,
    slack,
    github,
    commit(changes = {}, fullName = "getsentry/getsentry") {
      const sha = randomBytes(20).toString("hex");
      const commit = {
        sha,
        message: "fix: Something",
        author: mira,
        date: "2026-11-02T12:00:00Z",
        ...changes,
      };
      repository(fullName).commits.push(commit);
      return sha;
    },
    pass: (sha, run = {}) => {
      const delivery = checkRunDelivery({ sha, conclusion: "success", ...run });
      return quiet(accepted(suite.send("github", delivery, { event: "check_run" })));
    },
    sendReport,
    report: (report) => quiet(sendReport(report)),
    async outcome(eventId, name) {
      const event = (await suite.local.events()).find(({ id }) => id === eventId);
      const found = event?.subscribers.find((subscriber) => subscriber.function === name);
      return found && { outcome: found.outcome, attempts: found.attempts };
    },
    messagesAbout: (sha) =>
      slack.messages().filter(({ text }) => text.startsWith(`Your commit ${sha.slice(0, 7)} `)),
    repliesTo: (message) => slack.messages().filter(({ thread_ts }) => message && thread_ts === message.ts),
  };
}

/** A notification as Freight's webhook notifier sends it. */
function notification({ number, status, sha, previousSha = null, user = mira.email, ...others }: Report) {
  return {
    ...fixture(`freight/deploy-${status}`),
    deploy_number: number,
    status,
    sha,
    previous_sha: previousSha,
    user,
    link: `https://freight.getsentry.net/deploys/getsentry/production/${number}`,
    ...others,
  };
}

interface Block {
  type: string;
  text?: { text: string };
  elements?: { type: string; text?: string | { text: string }; value?: string }[];
}

/** A message as its reader sees it: its parts in order, buttons in brackets. */
export function seen(message: LocalMessage | undefined) {
  const attachments = (message?.attachments ?? []) as { color?: string; blocks?: Block[] }[];
  const blocks = [
    ...((message?.blocks ?? []) as Block[]),
    ...attachments.flatMap(({ blocks: own = [] }) => own),
  ];
  return {
    channel: message?.channel,
    color: attachments[0]?.color,
    lines: blocks.flatMap(({ type, text, elements = [] }) =>
      type === "section"
        ? [text?.text]
        : elements.flatMap((element) => {
            if (element.type === "image") return [];
            const words = typeof element.text === "string" ? element.text : element.text?.text;
            return [element.type === "button" ? `[${words}]` : words];
          }),
    ),
  };
}
