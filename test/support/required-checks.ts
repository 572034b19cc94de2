import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { RunningGitHub } from "../../infra/emulators/github/start.ts";
import type { CommitState } from "../../infra/emulators/github/state.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { database } from "../../shared/database/database.ts";
import { checkedCommits, failedChecks, passedChecks } from "../../shared/database/schema.ts";
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
    await database().delete(passedChecks);
    await database().delete(checkedCommits);
  });
  afterEach(async () => {
    started.slack.faults.clear();
    started.github.faults.clear();
    await started.suite.local.idle();
  });
  afterAll(() => started.suite.stop());
  return started;
}
