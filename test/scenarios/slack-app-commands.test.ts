import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { directMessage } from "../../infra/emulators/slack/interactions/callbacks.ts";
import { type SlackConversation, startConversation } from "../support/slack-conversation.ts";

let world: SlackConversation;
beforeAll(async () => {
  world = await startConversation();
});
afterEach(() => world.slack.faults.clear());
afterAll(() => world.suite.stop());

const listOfCommands = /deploy notifications on.*\n.*gha cancel.*\n.*typescript.*\n.*sync slack users/;

describe("help", () => {
  it("is given in a direct message", async () => {
    await world.say({ user: "U0MIRA", text: "help" });
    const [help, ...more] = world.said("D0MIRA");
    expect(more).toEqual([]);
    expect(help?.text).toMatch(listOfCommands);
    expect(help?.thread_ts).toBeUndefined();
  });

  it("is given in the thread of a mention", async () => {
    const asked = await world.say({ user: "U0LENA", channel: "C0ENG", text: "<@U0BOT>  HELP" });
    expect(world.said("C0ENG")).toMatchObject([
      { thread_ts: asked.ts, text: expect.stringMatching(listOfCommands) },
    ]);
  });

  it("is given for what is not understood in a direct message, and in no channel", async () => {
    const before = world.said("C0ENG").length;
    await world.say({ user: "U0JONAS", text: "good morning" });
    await world.say({ user: "U0JONAS", channel: "C0ENG", text: "<@U0BOT> good morning" });
    expect(world.said("D0JONAS")).toMatchObject([{ text: expect.stringMatching(listOfCommands) }]);
    expect(world.said("C0ENG")).toHaveLength(before);
  });

  it("is given once when Slack sends the message five times, one after the other and at once", async () => {
    const message = world.slack.write({ user: "U0TOMAS", text: "help" });
    const body = directMessage(world.slack.workspace, message);
    for (let time = 0; time < 5; time++) await world.deliver(body);
    await world.say({ user: "U0TOMAS", text: "help", times: 5 });
    expect(world.said("D0TOMAS")).toHaveLength(2);
  });

  it("is given once when the connection breaks off after Slack has taken it", async () => {
    world.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await world.say({ user: "U0INES", text: "help" });
    expect(world.said("D0INES")).toHaveLength(1);
  });

  it("waits as long as Slack says when the rate is limited", async () => {
    world.slack.faults.add({ method: "chat.postMessage", kind: "rate-limit", retryAfter: 1, times: 1 });
    const before = world.said("D0INES").length;
    await world.say({ user: "U0INES", text: "help" });
    expect(world.said("D0INES")).toHaveLength(before + 1);
  });
});

describe("nothing is said to", () => {
  it.each([
    ["the bot itself", { bot_id: "B0LOCAL", user: "U0BOT" }],
    ["an edit", { subtype: "message_changed" }],
    ["a join", { subtype: "channel_join" }],
    ["another bot", { subtype: "bot_message", bot_id: "B0OTHER" }],
  ])("%s in a direct message", async (_, more) => {
    const before = world.slack.messages().length;
    const body = directMessage(world.slack.workspace, {
      user: "U0MIRA",
      text: "help",
      ts: "1793638920.000300",
    });
    await world.deliver({
      ...body,
      event_id: `Ev0${JSON.stringify(more).length}`,
      event: { ...body.event, ...more },
    });
    expect(world.slack.messages()).toHaveLength(before);
  });
});

it("an answer that Slack refuses for good is given up, and the event can be replayed", async () => {
  world.slack.faults.add({ method: "chat.postMessage", kind: "error", error: "channel_not_found" });
  const before = world.said("D0LENA").length;
  const asked = world.slack.write({ user: "U0LENA", text: "help" });
  const body = directMessage(world.slack.workspace, asked);
  await world.deliver(body);
  expect(world.said("D0LENA")).toHaveLength(before);
  world.slack.faults.clear();
  await world.suite.local.replay(body.event_id);
  await world.suite.local.idle();
  expect(world.said("D0LENA")).toHaveLength(before + 1);
});
