import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import type { CommitState } from "../../infra/emulators/github/state.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { database } from "../../shared/database/database.ts";
import { commitChecks, failedChecks } from "../../shared/database/schema.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { type CheckRun, checkRunDelivery } from "./check-run-delivery.ts";
import { conversation, type Shown } from "./render-message.ts";
import { startTestSuite, type TestSuite } from "./test-suite.ts";

export interface RequiredChecksSuite {
  suite: TestSuite;
  slack: RunningSlack;
  github: RunningGitHub;
  /** Commits of the deployed repository, oldest first. */
  commits: CommitState[];
}

/**
 * A suite for a whole test file. Each test starts with a workspace without messages and an empty database.
 *
 * @returns an object that is filled before the first test
 */
export function withRequiredChecks(): RequiredChecksSuite {
  const started = {} as RequiredChecksSuite;
  beforeAll(async () => {
    const suite = await startTestSuite();
    if (!suite.services.slack || !suite.services.github)
      throw new Error("These tests need the local Slack and GitHub");
    const github = suite.services.github.current;
    const commits = github.state.repositories[1]?.commits ?? [];
    Object.assign(started, { suite, slack: suite.services.slack.current, github, commits });
  });
  beforeEach(async () => {
    started.slack.workspace.messages.length = 0;
    await database().delete(failedChecks);
    await database().delete(commitChecks);
  });
  afterEach(async () => {
    started.slack.faults.clear();
    started.github.faults.clear();
    await started.suite.settled();
  });
  afterAll(() => started.suite.stop());
  return started;
}

/** The channel that gets the alerts. */
export const CHANNEL = "C0ENG";

/** What a failing commit's message shows, and a mended one's. */
export const failing = { says: expect.stringContaining("is failing"), color: colors.red };
export const green = { color: colors.green };

/** `id` is the delivery's, `runId` the check run's. */
type Delivery = Partial<Omit<CheckRun, "id">> & { id?: string; runId?: number };

/** Deliveries of the required check, and what they lead to. */
export function requiredCheckActions(started: RequiredChecksSuite) {
  let deliveries = 0;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 12, minute)).toISOString();
  /** @param index of the commit, oldest first */
  const sha = (index: number) => started.commits[index]?.sha ?? "";

  /** @param minute of the start, after noon; the check takes ten minutes */
  async function send(
    index: number,
    conclusion: string,
    minute = index,
    { id = `sent-${++deliveries}`, runId, ...more }: Delivery = {},
  ) {
    const times = { startedAt: at(minute), completedAt: at(minute + 10) };
    const run = { sha: sha(index), conclusion, ...times, ...more, ...(runId && { id: runId }) };
    const { status } = await started.suite.send("github", checkRunDelivery(run), { event: "check_run", id });
    expect(status).toBe(202);
  }

  return {
    sha,
    send,
    /** Sends an event, and waits until it is handled. */
    async handle(...sent: Parameters<typeof send>) {
      await send(...sent);
      await started.suite.settled();
    },
    async channel(): Promise<Shown[]> {
      await started.suite.settled();
      return conversation(started.slack.messages(), CHANNEL);
    },
    async outcome(id: string) {
      const event = (await started.suite.local.events()).find((candidate) => candidate.id === id);
      return event?.subscribers.find((subscriber) => subscriber.function === "required-checks");
    },
  };
}
