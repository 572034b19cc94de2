import { describe, expect, it } from "vitest";
import { mention } from "../../infra/emulators/slack/interactions/callbacks.ts";
import { post, signFor } from "../../infra/send/send.ts";
import { database } from "../../shared/database/database.ts";
import { linkGitHub, saveMember } from "../../shared/database/users.ts";
import { withConversation } from "../support/slack-conversation.ts";

/** Deliveries as Slack really sends them; each names a public report of somebody who received it. */
const conversation = withConversation();

const envelope = {
  token: "t",
  team_id: "T0LOCAL",
  api_app_id: "A0LOCAL",
  type: "event_callback",
  authorizations: [{ enterprise_id: null, team_id: "T0LOCAL", user_id: "U0BOT", is_bot: true }],
  event_time: 1_793_638_860,
};
const callback = (event_id: string, event: object, more: object = {}) => ({
  ...envelope,
  event_id,
  event,
  ...more,
});
const listOfCommands = /gha cancel/;

async function rowsOf(...ids: string[]) {
  await conversation.suite.settled();
  return conversation.suite.local.query(
    `SELECT event_id, type FROM product_eng.events_deduplicated
     WHERE event_id IN (${ids.map((id) => `'${id}'`).join(", ")}) ORDER BY event_id`,
  );
}

/** Replies with the list of commands in a channel. */
const helpIn = (channel: string) =>
  conversation.said(channel).filter(({ text, blocks }) => listOfCommands.test(text + JSON.stringify(blocks)));

describe("an interaction of another kind", () => {
  const user = { id: "U0MIRA", name: "mira", username: "mira" };
  // uhavin/slackers#13: a button of an attachment has a name instead of an action_id.
  it.each<[string, object]>([
    [
      "interactive_message",
      {
        actions: [{ name: "merge", type: "button", value: "yes" }],
        callback_id: "old",
        channel: { id: "C0ENG", name: "team-engineering" },
        message_ts: "1793639000.000500",
        original_message: { text: "x" },
      },
    ],
    ["dialog_submission", { callback_id: "c", submission: { name: "x" }, channel: { id: "C0ENG" } }],
    [
      "message_action",
      {
        callback_id: "c",
        channel: { id: "C0ENG" },
        message: { type: "message", user: "U0LENA", ts: "1793639000.000500", text: "x" },
      },
    ],
    ["shortcut", { callback_id: "c", action_ts: "1793639010.2", enterprise: null }],
    [
      "view_submission",
      {
        team: null,
        enterprise: { id: "E0" },
        is_enterprise_install: true,
        view: { id: "V0", team_id: null, type: "modal", callback_id: "", hash: "1.a", state: { values: {} } },
        response_urls: [],
      },
    ],
    ["view_closed", { view: { id: "V0", type: "modal", hash: "1.a" }, is_cleared: false }],
    [
      "block_suggestion",
      { container: { type: "view", view_id: "V0" }, view: { id: "V0" }, action_id: "a", value: "x" },
    ],
  ])("gets 200 and is stored: %s", async (type, more) => {
    const body = { type, user, team: { id: "T0LOCAL" }, trigger_id: `1.2.${type}`, ...more };
    const { status, body: text, eventId } = await conversation.suite.send("slack", body);
    expect([status, text]).toEqual([200, ""]);
    expect(await rowsOf(String(eventId))).toEqual([{ event_id: eventId, type: `slack.${type}` }]);
  });
});

describe("a pull request's address in gha cancel", () => {
  const address = "https://github.com/getsentry/sentry/pull/22501";
  // chatwoot/chatwoot#1658, innogames/slack-bot#867: Slack wraps addresses and shortens labels, people keep the brackets of the usage.
  it.each([
    `<${address}>`,
    `&lt;<${address}>&gt;`,
    `<${address}>.`,
    `(<${address}|https://github.com/getsentry/sentry/pul…>)`,
    `\`<${address}>\``,
    `*<${address}>*`,
    `<${address}>,`,
    `‹<${address}>›`,
  ])("is found in %s", async (text) => {
    const mira = await saveMember(database(), { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" });
    await linkGitHub(database(), mira.id, "mira-okafor");
    const before = conversation.said("D0MIRA").length;
    await conversation.say({ user: "U0MIRA", text: `gha cancel ${text}` });
    expect(
      conversation
        .said("D0MIRA")
        .slice(before)
        .map((reply) => reply.text),
    ).toEqual([`No workflows to cancel for <${address}|getsentry/sentry#22501>`]);
  });
});

describe("Slack's retries and edits", () => {
  // monzo/response#50, slackapi/bolt-python#731
  it("do not repeat a reply", async () => {
    const before = helpIn("D0LENA").length;
    const message = conversation.slack.write({ user: "U0LENA", text: "help", channel: "D0LENA" });
    const { ts } = message;
    const said = { type: "message", channel_type: "im", channel: "D0LENA", user: "U0LENA", text: "help", ts };
    const body = Buffer.from(JSON.stringify(callback("Ev0RETRIES", { ...said, event_ts: ts })));
    const headers = await signFor(conversation.suite.folder("slack"), { body });
    const retried = { ...headers, "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
    const url = `${conversation.suite.url}/slack`;
    const responses = await Promise.all(
      [headers, retried, retried].map((sent) => post(url, sent, body).then(({ status }) => status)),
    );
    expect(responses).toEqual([200, 200, 200]);
    await conversation.deliver(
      callback("Ev0UNFURL", {
        type: "message",
        subtype: "message_changed",
        hidden: true,
        channel: "D0LENA",
        channel_type: "im",
        ts: "1793638901.000100",
        event_ts: "1793638901.000100",
        message: { ...said, attachments: [{ from_url: "https://x.y" }] },
        previous_message: said,
      }),
    );
    expect(helpIn("D0LENA")).toHaveLength(before + 1);
  });

  // slack-go/slack#1256: an edited mention has no subtype.
  it("of a mention ask for nothing", async () => {
    const before = conversation.said("C0ENG").length;
    const ts = "1793638902.000100";
    const edited = { user: "U0LENA", ts: "1793638903.000000" };
    await conversation.deliver(
      callback("Ev0EDITED", {
        type: "app_mention",
        user: "U0LENA",
        text: "<@U0BOT> help",
        ts,
        channel: "C0ENG",
        event_ts: ts,
        edited,
      }),
    );
    expect(conversation.said("C0ENG")).toHaveLength(before);
  });
});

describe("Enterprise Grid and Slack Connect", () => {
  // slackapi/bolt-js#935 and #1778, soxtoby/SlackNet#131
  it("send a challenge with more fields", async () => {
    const { status, body } = await conversation.suite.send("slack", {
      token: "t",
      challenge: "3eZbrw1a",
      type: "url_verification",
      enterprise_id: "E0",
      team_id: null,
    });
    expect([status, body]).toEqual([200, JSON.stringify({ challenge: "3eZbrw1a" })]);
  });

  it("name another team, and none in the authorization: the mention gets its reply", async () => {
    const { workspace } = conversation.slack;
    const written = conversation.slack.write({ user: "U0INES", text: "<@U0BOT> help", channel: "C0ENG" });
    const { event } = mention(workspace, written) as { event: object };
    const grid = {
      team_id: "T0OTHERGRID",
      enterprise_id: "E0",
      context_team_id: "T0LOCAL",
      context_enterprise_id: null,
      is_ext_shared_channel: true,
      event_context: "4-eyJ",
      authorizations: [{ enterprise_id: "E0", team_id: null, user_id: "U0BOT", is_bot: true }],
    };
    await conversation.deliver(callback("Ev0GRID", event, grid));
    expect(helpIn("C0ENG").filter(({ thread_ts }) => thread_ts === written.ts)).toHaveLength(1);
  });

  it("send events without a user, a team or authorizations, which are stored", async () => {
    const {
      team_id: _,
      authorizations: __,
      ...body
    } = callback("Ev0GRANTED", {
      type: "team_access_granted",
      team_ids: ["T0X"],
      event_ts: "1793638911.000100",
    });
    await conversation.deliver({ ...body, enterprise_id: "E0" });
    expect(await rowsOf("Ev0GRANTED")).toEqual([
      { event_id: "Ev0GRANTED", type: "slack.team_access_granted" },
    ]);
  });
});
