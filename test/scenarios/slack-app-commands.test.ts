import { describe, expect, it } from "vitest";
import { directMessage } from "../../infra/emulators/slack/interactions/callbacks.ts";
import { withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();

const listOfCommands = /deploy notifications on.*\n.*gha cancel.*\n.*typescript.*\n.*sync slack users/;

describe("the bot", () => {
  it("replies with help in a direct message", async () => {
    await conversation.say({ user: "U0MIRA", text: "help" });
    const [help, ...more] = conversation.said("D0MIRA");
    expect(more).toEqual([]);
    expect(help?.text).toMatch(listOfCommands);
    expect(help?.thread_ts).toBeUndefined();
  });

  it("replies with help in the thread of a mention", async () => {
    const asked = await conversation.say({ user: "U0LENA", channel: "C0ENG", text: "<@U0BOT>  HELP" });
    expect(conversation.said("C0ENG")).toMatchObject([
      { thread_ts: asked.ts, text: expect.stringMatching(listOfCommands) },
    ]);
  });

  it("replies with help to unknown words in a direct message, and not in a channel", async () => {
    const before = conversation.said("C0ENG").length;
    await conversation.say({ user: "U0JONAS", text: "good morning" });
    await conversation.say({ user: "U0JONAS", channel: "C0ENG", text: "<@U0BOT> good morning" });
    expect(conversation.said("D0JONAS")).toMatchObject([{ text: expect.stringMatching(listOfCommands) }]);
    expect(conversation.said("C0ENG")).toHaveLength(before);
  });

  it("replies once when Slack sends the message five times, in sequence and concurrently", async () => {
    const message = conversation.slack.write({ user: "U0TOMAS", text: "help" });
    const body = directMessage(conversation.slack.workspace, message);
    for (let time = 0; time < 5; time++) await conversation.deliver(body);
    await conversation.say({ user: "U0TOMAS", text: "help", times: 5 });
    expect(conversation.said("D0TOMAS")).toHaveLength(2);
  });

  it("replies once when the connection breaks after Slack accepted the message", async () => {
    conversation.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await conversation.say({ user: "U0INES", text: "help" });
    expect(conversation.said("D0INES")).toHaveLength(1);
  });

  it("waits for the time that Slack names when the rate is limited", async () => {
    conversation.slack.faults.add({
      method: "chat.postMessage",
      kind: "rate-limit",
      retryAfter: 1,
      times: 1,
    });
    const before = conversation.said("D0INES").length;
    await conversation.say({ user: "U0INES", text: "help" });
    expect(conversation.said("D0INES")).toHaveLength(before + 1);
  });
});

describe("the bot does not reply to", () => {
  it.each([
    ["the bot itself", { bot_id: "B0LOCAL", user: "U0BOT" }],
    ["an edit", { subtype: "message_changed" }],
    ["a join", { subtype: "channel_join" }],
    ["another bot", { subtype: "bot_message", bot_id: "B0OTHER" }],
  ])("%s in a direct message", async (_, more) => {
    const before = conversation.slack.messages().length;
    const body = directMessage(conversation.slack.workspace, {
      user: "U0MIRA",
      text: "help",
      ts: "1793638920.000300",
    });
    await conversation.deliver({
      ...body,
      event_id: `Ev0${JSON.stringify(more).length}`,
      event: { ...body.event, ...more },
    });
    expect(conversation.slack.messages()).toHaveLength(before);
  });
});

it("a reply that Slack refuses permanently is given up, and the event can be replayed", async () => {
  conversation.slack.faults.add({ method: "chat.postMessage", kind: "error", error: "channel_not_found" });
  const before = conversation.said("D0LENA").length;
  const asked = conversation.slack.write({ user: "U0LENA", text: "help" });
  const body = directMessage(conversation.slack.workspace, asked);
  await conversation.deliver(body);
  expect(conversation.said("D0LENA")).toHaveLength(before);
  conversation.slack.faults.clear();
  await conversation.suite.local.replay(body.event_id);
  await conversation.suite.settled();
  expect(conversation.said("D0LENA")).toHaveLength(before + 1);
});
