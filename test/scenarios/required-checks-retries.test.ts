import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommitState } from "../../infra/emulators/github/state.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { database } from "../../shared/database/database.ts";
import { passedChecks, slackMessages } from "../../shared/database/schema.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { type CheckRun, checkRunDelivery } from "../support/check-run-delivery.ts";
import { conversation, type Shown } from "../support/render-message.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const CHANNEL = "C0ENG";

let suite: TestSuite;
let slack: RunningSlack;
let commits: CommitState[];
beforeAll(async () => {
  suite = await startTestSuite();
  if (!suite.services.slack || !suite.services.github)
    throw new Error("These tests need the local Slack and GitHub");
  slack = suite.services.slack.current;
  commits = suite.services.github.current.state.repositories[1]?.commits ?? [];
});
afterAll(() => suite.stop());

beforeEach(async () => {
  slack.workspace.messages.length = 0;
  await database().delete(slackMessages);
  await database().delete(passedChecks);
});
afterEach(async () => {
  slack.faults.clear();
  setJoined(true);
  await suite.local.idle();
});

let deliveries = 0;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 12, minute)).toISOString();
const sha = (index: number) => commits[index]?.sha ?? "";

async function send(index: number, conclusion: string, minute = index, more: Partial<CheckRun> = {}) {
  const run = { sha: sha(index), conclusion, startedAt: at(minute), completedAt: at(minute + 10), ...more };
  const id = `retry-${++deliveries}`;
  const { status } = await suite.send("github", checkRunDelivery(run), { event: "check_run", id });
  expect(status).toBe(202);
}

async function channel(): Promise<Shown[]> {
  await suite.local.idle();
  return conversation(slack.messages(), CHANNEL);
}

function setJoined(joined: boolean) {
  for (const candidate of slack.workspace.channels) if (candidate.id === CHANNEL) candidate.joined = joined;
}

function isJoined() {
  return slack.workspace.channels.find(({ id }) => id === CHANNEL)?.joined;
}

describe("in a public channel that the bot is not a member of", () => {
  beforeEach(() => setJoined(false));

  it("a retry joins the channel, and finds the message of the attempt that got no response", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await send(0, "failure");
    expect(await channel()).toHaveLength(1);
    expect(isJoined()).toBe(true);
  });

  it("a retry posts without a search if the app may not join", async () => {
    slack.faults.add({ method: "conversations.join", kind: "error", error: "missing_scope" });
    slack.faults.add({ method: "chat.postMessage", kind: "drop-before", times: 1 });
    await send(1, "failure");
    expect(await channel()).toMatchObject([{ says: expect.stringContaining("is failing") }]);
    await send(2, "success", 20);
    expect(await channel()).toMatchObject([{ color: colors.green }]);
  });
});
