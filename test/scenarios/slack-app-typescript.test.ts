import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type SlackConversation, startConversation } from "../support/slack-conversation.ts";

let world: SlackConversation;
beforeAll(async () => {
  world = await startConversation();
});
afterEach(() => {
  world.slack.faults.clear();
  world.github.faults.clear();
  for (const repository of world.github.state.repositories) delete repository.treeLimit;
});
afterAll(() => world.suite.stop());

/** By hand from the files of the local GitHub: without declarations, mocks, stories, fixtures, tests and the back end. */
const progress = [
  "*TypeScript:* 56.2 % (18 of 32 files, 14 to go)",
  "• `getsentry/sentry` `static/app`: 61.5 % (16 of 26 files, 10 to go)",
  "• `getsentry/getsentry` `static/getsentry`: 33.3 % (2 of 6 files, 4 to go)",
].join("\n");

async function ask(times = 1): Promise<string[]> {
  const asked = await world.say({ user: "U0LENA", channel: "C0ENG", text: "<@U0BOT> TypeScript", times });
  return world
    .said("C0ENG")
    .filter(({ thread_ts }) => thread_ts === asked.ts)
    .map(({ text }) => text);
}

it("typescript says how far each tree and all of them are, in the thread of the mention", async () => {
  expect(await ask()).toEqual([progress]);
});

it("typescript says the same when GitHub cuts its trees off", async () => {
  for (const repository of world.github.state.repositories) repository.treeLimit = 3;
  const before = world.github.calls().length;
  expect(await ask()).toEqual([progress]);
  expect(world.github.calls().length - before).toBeGreaterThan(20);
});

it("typescript says which tree it cannot see", async () => {
  const sentry = world.github.state.repositories.find(({ fullName }) => fullName === "getsentry/sentry");
  if (!sentry) throw new Error("The local GitHub has no getsentry/sentry");
  const { files = [] } = sentry;
  sentry.files = files.filter((path) => !path.startsWith("static/app/"));
  const [text] = await ask();
  sentry.files = files;
  expect(text).toContain("• `getsentry/sentry` `static/app`: GitHub shows me no such folder");
  expect(text).toContain("• `getsentry/getsentry` `static/getsentry`: 33.3 %");
});

it("typescript is answered once, also when Slack sends the message five times at once and GitHub fails meanwhile", async () => {
  world.github.faults.add({ path: "/git/trees/", kind: "status", status: 422, times: 1 });
  world.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
  expect(await ask(5)).toEqual([progress]);
});
