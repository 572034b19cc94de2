import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalMessage } from "../../infra/emulators/slack/workspace.ts";
import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { slackMessages, users } from "../../shared/database/schema.ts";
import { rememberMessage } from "../../shared/database/slack-messages.ts";
import { slackClient } from "../../shared/slack/call-slack.ts";
import {
  DEPLOY_READY,
  type DeployReadyContext,
  deployReadyMessage,
} from "../../shared/slack/deploy-ready-message.ts";
import { withConversation } from "../support/slack-conversation.ts";

const sha = "9d0e3b7a5f2c4e6188a1b3c5d7e9f1a2b4c6d8e0";
const conversation = withConversation();
afterEach(async () => {
  await database().delete(users);
});

const state: DeployReadyContext = {
  sha,
  commit: {
    repository: "getsentry/getsentry",
    sha,
    title: "feat: Let <!channel> sleep",
    body: "",
    url: `https://github.com/getsentry/getsentry/commit/${sha}`,
    author: { login: "lena-fischer", name: "Lena Fischer", email: null, avatarUrl: null },
  },
  recipient: "U0LENA",
  muted: false,
  deploy: null,
};

/** A message about a commit that is ready to deploy, as it is posted when the required check has passed. */
async function readyToDeploy(remembered = true): Promise<LocalMessage> {
  const slack = await slackClient();
  const message = deployReadyMessage(state, readConfig(process.env).services);
  const { ts = "" } = await slack.chat.postMessage({ channel: "U0LENA", ...message });
  if (remembered)
    await rememberMessage(database(), {
      type: DEPLOY_READY,
      ref: sha,
      channel: "D0LENA",
      ts,
      context: state,
    });
  return shown(ts);
}

function shown(ts: string): LocalMessage {
  const message = conversation.slack.messages().find((candidate) => candidate.ts === ts);
  if (!message) throw new Error(`There is no message ${ts}`);
  return message;
}

function buttonsOf({ blocks, attachments }: LocalMessage): string[] {
  return [...JSON.stringify({ blocks, attachments }).matchAll(/"action_id":"([^"]+)"/g)].map(
    ([, id = ""]) => id,
  );
}

async function preferenceOf(user: string) {
  const [row] = await database().select().from(users).where(eq(users.slackUser, user));
  return row?.preferences;
}

const whispers = (user: string) =>
  conversation.slack
    .messages()
    .filter(({ ephemeral_to }) => ephemeral_to === user)
    .map(({ text }) => text);

describe("deploy notifications", () => {
  it("turn off and on by a direct message, which is confirmed to its author only", async () => {
    await conversation.say({ user: "U0MIRA", text: "Deploy notifications OFF" });
    expect(await preferenceOf("U0MIRA")).toEqual({ deployNotifications: "off" });
    await conversation.say({ user: "U0MIRA", text: "deploy notifications on" });
    expect(await preferenceOf("U0MIRA")).toEqual({ deployNotifications: "on" });
    expect(whispers("U0MIRA")).toEqual([
      "Deploy notifications are *off*. To turn them on again, send me `deploy notifications on`.",
      "Deploy notifications are *on*: I tell you when a commit of yours is ready to deploy.",
    ]);
  });

  it("are muted in the message about a commit, which then has the button to un-mute", async () => {
    const message = await readyToDeploy();
    await conversation.press(message, { user: "U0LENA", actionId: "mute-deploy-notifications" });
    expect(await preferenceOf("U0LENA")).toEqual({ deployNotifications: "off" });
    const muted = shown(message.ts);
    expect(buttonsOf(muted)).toEqual([
      "freight-deploy",
      "view-undeployed-commits",
      "unmute-deploy-notifications",
    ]);
    // Nothing else about it changed.
    const versions = { attachments: [], edited: undefined, events: undefined, lastEvent: undefined };
    expect({ ...muted, ...versions, earlier: undefined }).toEqual({ ...message, ...versions });
    expect(JSON.stringify(muted.attachments)).toContain("Let &lt;!channel&gt; sleep");
    const [remembered] = await database()
      .select()
      .from(slackMessages)
      .where(eq(slackMessages.ts, message.ts));
    expect(remembered?.context).toEqual({ ...state, muted: true });

    await conversation.press(muted, { user: "U0LENA", actionId: "unmute-deploy-notifications" });
    expect(await preferenceOf("U0LENA")).toEqual({ deployNotifications: "on" });
    expect(buttonsOf(shown(message.ts))).toEqual(buttonsOf(message));
    expect(whispers("U0LENA")).toEqual([]);
  });

  it("that are muted in a message are muted in App Home too", async () => {
    const home = await conversation.openHome("U0LENA");
    await conversation.press(home, { user: "U0LENA", actionId: "link-github", value: "lena-fischer" });
    await conversation.press(await readyToDeploy(), {
      user: "U0LENA",
      actionId: "mute-deploy-notifications",
    });
    expect(conversation.home("U0LENA")).toContain("Deploy notifications are off");
    await conversation.say({ user: "U0LENA", text: "deploy notifications on" });
    expect(conversation.home("U0LENA")).toContain("Deploy notifications are on");
  });

  it("are muted from a message that is not stored, and a reply confirms it", async () => {
    const before = whispers("U0LENA").length;
    const message = await readyToDeploy(false);
    await conversation.press(message, { user: "U0LENA", actionId: "mute-deploy-notifications" });
    expect(await preferenceOf("U0LENA")).toEqual({ deployNotifications: "off" });
    expect(shown(message.ts)).toEqual(message);
    expect(whispers("U0LENA").slice(before)).toEqual([expect.stringContaining("are *off*")]);
  });

  it("are refused to people who are not members of the organization", async () => {
    await conversation.say({ user: "U0OUTSIDE", text: "deploy notifications off" });
    expect(await preferenceOf("U0OUTSIDE")).toBeUndefined();
    expect(whispers("U0OUTSIDE")).toEqual([
      "Only members with a confirmed address at sentry.io can do this.",
    ]);
  });

  it("change once when Slack sends the message five times at once", async () => {
    await conversation.say({ user: "U0INES", text: "deploy notifications off", times: 5 });
    expect(whispers("U0INES")).toHaveLength(1);
  });

  it("are muted once when Slack sends the click five times at once and the connection breaks", async () => {
    conversation.slack.faults.add({ method: "chat.update", kind: "drop-after", times: 1 });
    const message = await readyToDeploy();
    await conversation.press(message, { user: "U0LENA", actionId: "mute-deploy-notifications", times: 5 });
    expect(buttonsOf(shown(message.ts))).toContain("unmute-deploy-notifications");
    expect(conversation.said("D0LENA").filter(({ ts }) => Number(ts) > Number(message.ts))).toEqual([]);
  });
});

it("the Deploy button opens Freight, and nothing else happens", async () => {
  const message = await readyToDeploy();
  const before = conversation.slack.calls().length;
  await conversation.press(message, { user: "U0LENA", actionId: "freight-deploy" });
  expect(conversation.slack.calls()).toHaveLength(before);
});
