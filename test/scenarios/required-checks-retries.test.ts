import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { colors } from "../../shared/slack/slack-message.ts";
import { type CheckRun, checkRunDelivery } from "../support/check-run-delivery.ts";
import { conversation, type Shown } from "../support/render-message.ts";
import { withRequiredChecks } from "../support/required-checks.ts";

const CHANNEL = "C0ENG";

const started = withRequiredChecks();
afterEach(() => setJoined(true));

let deliveries = 0;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 12, minute)).toISOString();
const sha = (index: number) => started.commits[index]?.sha ?? "";

async function send(index: number, conclusion: string, minute = index, more: Partial<CheckRun> = {}) {
  const run = { sha: sha(index), conclusion, startedAt: at(minute), completedAt: at(minute + 10), ...more };
  const id = `retry-${++deliveries}`;
  const { status } = await started.suite.send("github", checkRunDelivery(run), { event: "check_run", id });
  expect(status).toBe(202);
}

async function channel(): Promise<Shown[]> {
  await started.suite.local.idle();
  return conversation(started.slack.messages(), CHANNEL);
}

function setJoined(joined: boolean) {
  for (const candidate of started.slack.workspace.channels)
    if (candidate.id === CHANNEL) candidate.joined = joined;
}

function isJoined() {
  return started.slack.workspace.channels.find(({ id }) => id === CHANNEL)?.joined;
}

describe("in a public channel that the bot is not a member of", () => {
  beforeEach(() => setJoined(false));

  it("a retry joins the channel, and finds the message of the attempt that got no response", async () => {
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await send(0, "failure");
    expect(await channel()).toHaveLength(1);
    expect(isJoined()).toBe(true);
  });

  it("a retry posts without a search if the app may not join", async () => {
    started.slack.faults.add({ method: "conversations.join", kind: "error", error: "missing_scope" });
    started.slack.faults.add({ method: "chat.postMessage", kind: "drop-before", times: 1 });
    await send(1, "failure");
    expect(await channel()).toMatchObject([{ says: expect.stringContaining("is failing") }]);
    await send(2, "success", 20);
    expect(await channel()).toMatchObject([{ color: colors.green }]);
  });
});
