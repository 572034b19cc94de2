import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { encode } from "../../functions/slack/sign.ts";
import type { RunningSlack } from "../../infra/emulators/slack/start.ts";
import { post, signFor } from "../../infra/send/send.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

interface SlackRow {
  type: string;
  subject: string;
  event: {
    user: string;
    channelType: string | null;
    text: string | null;
    retry: unknown;
    interaction: {
      triggerId: string;
      actions: unknown[];
      loadingView: { id: string; hash: string } | null;
    } | null;
  };
}

let suite: TestSuite;
let slack: RunningSlack;
beforeAll(async () => {
  suite = await startTestSuite();
  if (!suite.services.slack) throw new Error("SLACK_API_URL is set: these tests need the local Slack");
  slack = suite.services.slack.current;
});
afterEach(() => slack.faults.clear());
afterAll(() => suite.stop());

async function eventOf(id: string | null): Promise<SlackRow | undefined> {
  await suite.settled();
  const rows = await suite.local.query<SlackRow>(
    `SELECT type, subject, event FROM product_eng.events_deduplicated WHERE event_id = '${id}'`,
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}

/** The event as subscribers receive it. The warehouse has neither texts nor values of it: see functions/metrics. */
function published(id: string | null) {
  return suite.deliveryLog.event(id ?? "");
}

function clickOn(actionId: string) {
  const { actions: _, ...payload } = fixture("slack/block-actions-view-undeployed");
  const actions = [
    {
      type: "button",
      action_id: actionId,
      block_id: "actions",
      value: "9d0e3b7",
      action_ts: "1793639020.123456",
    },
  ];
  return { ...payload, actions, trigger_id: slack.issueTrigger("U0MIRA") };
}

describe("Slack's Events API", () => {
  it("receives its challenge when the URL is set up, and nothing is published", async () => {
    const response = await suite.send("slack", fixture("slack/url-verification"));
    expect(response).toEqual({
      status: 200,
      body: JSON.stringify({ challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" }),
      eventId: null,
    });
  });

  it.each([
    ["app-home-opened", "Ev0HOME", "slack.app_home_opened", { user: "U0MIRA" }],
    ["app-mention", "Ev0MENTION", "slack.app_mention", { user: "U0MIRA", text: "<@U0BOT> typescript" }],
    ["message-im", "Ev0MESSAGE", "slack.message", { user: "U0MIRA", channelType: "im", text: "help" }],
    ["user-change", "Ev0USER", "slack.user_change", { user: "U0MIRA" }],
  ])("%s is an event about its user", async (name, id, type, fields) => {
    const response = await suite.send("slack", fixture(`slack/${name}`));
    expect(response).toEqual({ status: 200, body: "", eventId: id });
    expect(await eventOf(id)).toMatchObject({ type, subject: "U0MIRA" });
    expect(published(id)).toMatchObject({ ...fields, type, subject: "U0MIRA" });
  });

  it("may retry: the retry has the id of the first delivery", async () => {
    const body = Buffer.from(JSON.stringify({ ...fixture("slack/app-mention"), event_id: "Ev0RETRIED" }));
    const headers = await signFor(suite.folder("slack"), { body });
    const retry = { ...headers, "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
    const responses = [
      await post(`${suite.url}/slack`, headers, body),
      await post(`${suite.url}/slack`, retry, body),
    ];
    expect(responses.map(({ eventId }) => eventId)).toEqual(["Ev0RETRIED", "Ev0RETRIED"]);
    expect(await eventOf("Ev0RETRIED")).toMatchObject({ type: "slack.app_mention" });
  });
});

describe("a click", () => {
  it("that opens a modal opens a loading view before its trigger id expires, and the event carries the view's id", async () => {
    const { status, body, eventId } = await suite.send("slack", clickOn("view-undeployed-commits"));
    expect({ status, body }).toEqual({ status: 200, body: "" });
    const row = await eventOf(eventId);
    const view = slack.views().at(-1);
    expect(view).toMatchObject({ type: "modal", user: "U0MIRA" });
    // The view may be filled by now; the call has the view as it was opened.
    const opened = slack.calls().findLast(({ method }) => method === "views.open");
    expect(opened?.arguments.view).toMatchObject({ title: { text: "Undeployed commits" } });
    expect(JSON.stringify(opened?.arguments.view)).toContain("Loading…");
    expect(row?.event.interaction?.loadingView).toEqual({ id: view?.id, hash: expect.any(String) });
    expect(row).toMatchObject({ type: "slack.block_actions", subject: "U0MIRA" });
  });

  it("without a modal opens no view", async () => {
    const before = slack.views().length;
    const { eventId } = await suite.send("slack", clickOn("mute-slack-notifications"));
    await eventOf(eventId);
    expect(published(eventId)?.interaction).toMatchObject({
      actions: [{ actionId: "mute-slack-notifications", blockId: "actions", value: "9d0e3b7" }],
      loadingView: null,
    });
    expect(slack.views()).toHaveLength(before);
  });

  it.each([
    ["refuses", { kind: "error", error: "expired_trigger_id" }],
    ["breaks off", { kind: "drop-before" }],
    ["limits the rate", { kind: "rate-limit", retryAfter: 30 }],
    ["is slow", { kind: "delay", delayMs: 2500 }],
  ] as const)("is not lost when Slack %s, and gets its response within Slack's 3 s", async (_, fault) => {
    slack.faults.add({ method: "views.open", times: 1, ...fault });
    const sent = clickOn("view-undeployed-commits");
    const started = Date.now();
    const { status, eventId } = await suite.send("slack", sent);
    expect(status).toBe(200);
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await eventOf(eventId)).toBeDefined();
    expect(published(eventId)?.interaction).toMatchObject({
      triggerId: sent.trigger_id,
      loadingView: null,
    });
  });

  it("has a deterministic id, the same however often it is sent", async () => {
    const click = encode(Buffer.from(JSON.stringify(clickOn("mute-slack-notifications"))));
    const ids = [
      await suite.send("slack", click),
      await suite.send("slack", click),
      await suite.send("slack", clickOn("mute-slack-notifications")),
    ].map(({ eventId }) => eventId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });
});
