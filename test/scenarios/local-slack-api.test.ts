import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeploySuite, startDeploySuite } from "../support/deploy-suite.ts";

let suite: DeploySuite;
let slack: WebClient;
beforeAll(async () => {
  suite = await startDeploySuite();
  slack = new WebClient("xoxb-test", { slackApiUrl: process.env.SLACK_API_URL ?? "" });
});
afterAll(() => suite.stop());

async function eventOf(id: string | null) {
  await suite.settled();
  const events = await suite.local.events();
  return events.find((event) => event.id === id);
}

const button = {
  type: "button" as const,
  action_id: "view-undeployed-commits",
  text: { type: "plain_text" as const, text: "View undeployed commits" },
};
const blocks = [{ type: "actions" as const, elements: [button] }];

describe("in the local Slack", () => {
  it("a message is listed with each event that posted or changed it, and on the pages of their deliveries", async () => {
    const sha = suite.commit();
    const passed = await suite.pass(sha);
    const started = await suite.report({ number: 1, sha, status: "started" });
    const [message] = suite.messagesAbout(sha);
    expect(message?.events).toEqual([passed, started]);
    for (const id of [passed, started]) {
      const number = suite.deliveryLog.history(id).deliveries[0]?.number;
      const page = await fetch(`${suite.url}/deliveries/${number}`);
      expect(await page.text()).toContain(`data-ts="${message?.ts}"`);
    }
    const history = await slack.conversations.history({ channel: message?.channel ?? "" });
    expect(history.messages?.find(({ ts }) => ts === message?.ts)).not.toHaveProperty("events");
  });

  it("a person presses a button, and the function receives the click with a trigger id that opens a modal", async () => {
    const { ts = "" } = await slack.chat.postMessage({ channel: "U0MIRA", text: "Ready to deploy", blocks });
    const press = { channel: "D0MIRA", ts, user: "U0MIRA", action_id: button.action_id };
    const { status, body, eventId } = await suite.local.press(press);
    expect({ status, body }).toEqual({ status: 200, body: "" });
    expect(await eventOf(eventId)).toMatchObject({ type: "slack.block_actions", subject: "U0MIRA" });
    const [view] = await suite.local.views();
    expect(view).toMatchObject({ type: "modal", user: "U0MIRA" });
  });

  it("a person cannot press a button that does not exist", async () => {
    const { ts = "" } = await slack.chat.postMessage({ channel: "U0MIRA", text: "Nothing to press" });
    const press = { channel: "D0MIRA", ts, user: "U0MIRA", action_id: "mute" };
    await expect(suite.local.press(press)).rejects.toThrow("has no action mute");
    await expect(suite.local.press({ ...press, ts: "1.000000" })).rejects.toThrow("There is no message");
    await expect(suite.local.press({ view_id: "V0", user: "U0MIRA", action_id: "x" })).rejects.toThrow(
      "There is no view V0",
    );
    await expect(suite.local.press({ user: "U0MIRA", action_id: "x" })).rejects.toThrow(
      "Name a message (channel and ts) or a view (view_id)",
    );
    await expect(suite.local.press({} as never)).rejects.toThrow("user is missing; action_id is missing");
  });

  it.each([
    ["directly", { user: "U0LENA", text: "help" }, "slack.message", "D0LENA"],
    [
      "in a channel",
      { user: "U0LENA", text: "<@U0BOT> help", channel: "C0ENG" },
      "slack.app_mention",
      "C0ENG",
    ],
  ])(
    "a person writes to the bot %s, and the bot can reply in a thread",
    async (_, written, type, channel) => {
      const { eventId } = await suite.local.say(written);
      expect(await eventOf(eventId)).toMatchObject({ type, subject: "U0LENA" });
      const question = (await suite.local.messages()).find(
        ({ text, user }) => text === written.text && user === "U0LENA",
      );
      await slack.chat.postMessage({ channel, text: "Here you are", thread_ts: question?.ts ?? "" });
      expect(await suite.local.messages()).toContainEqual(
        expect.objectContaining({ channel, text: "Here you are", thread_ts: question?.ts }),
      );
    },
  );

  it("everybody and every channel can be looked up", async () => {
    const { channels, users } = await suite.local.workspace();
    expect(channels.map(({ name }) => name)).toContain("team-engineering");
    expect(users.map(({ id }) => id)).toContain("U0MIRA");
  });
});
