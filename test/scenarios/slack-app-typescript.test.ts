import { afterEach, expect, it } from "vitest";
import { withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();
afterEach(() => {
  for (const repository of conversation.github.state.repositories) delete repository.treeLimit;
});

/** Counted by hand from the seed's files, without declarations, mocks, stories, fixtures, tests and the back end. */
const progress = [
  "*TypeScript:* 56.2 % (18 of 32 files, 14 to go)",
  "• `getsentry/sentry` `static/app`: 61.5 % (16 of 26 files, 10 to go)",
  "• `getsentry/getsentry` `static/getsentry`: 33.3 % (2 of 6 files, 4 to go)",
].join("\n");

async function ask(times = 1): Promise<string[]> {
  const asked = await conversation.say({
    user: "U0LENA",
    channel: "C0ENG",
    text: "<@U0BOT> TypeScript",
    times,
  });
  return conversation
    .said("C0ENG")
    .filter(({ thread_ts }) => thread_ts === asked.ts)
    .map(({ text }) => text);
}

it("typescript reports the share of each tree and of all, in the thread of the mention", async () => {
  expect(await ask()).toEqual([progress]);
});

it("typescript reports the same when GitHub truncates its trees", async () => {
  for (const repository of conversation.github.state.repositories) repository.treeLimit = 3;
  const before = conversation.github.calls().length;
  expect(await ask()).toEqual([progress]);
  expect(conversation.github.calls().length - before).toBeGreaterThan(20);
});

it("typescript names the tree that it cannot read", async () => {
  const sentry = conversation.github.state.repositories.find(
    ({ fullName }) => fullName === "getsentry/sentry",
  );
  if (!sentry) throw new Error("The local GitHub has no getsentry/sentry");
  const { files = [] } = sentry;
  sentry.files = files.filter((path) => !path.startsWith("static/app/"));
  const [text] = await ask();
  sentry.files = files;
  expect(text).toContain("• `getsentry/sentry` `static/app`: GitHub shows me no such folder");
  expect(text).toContain("• `getsentry/getsentry` `static/getsentry`: 33.3 %");
});

it("typescript replies once when Slack sends the message five times at once and GitHub fails meanwhile", async () => {
  conversation.github.faults.add({ path: "/git/trees/", kind: "status", status: 422, times: 1 });
  conversation.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
  expect(await ask(5)).toEqual([progress]);
});
