import { describe, expect, it } from "vitest";
import { parseEvent } from "../../shared/events/event.ts";
import { stringifyLossless } from "../../shared/events/lossless-json.ts";
import { toStorable } from "../../shared/events/to-storable.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalizeCallback, normalizeInteraction, readArrival } from "./normalize.ts";
import { readBody } from "./read-body.ts";
import { encode } from "./sign.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const now = receivedAt.toISOString();
const mention = fixture("slack/app-mention") as { event: Record<string, unknown> };
const click = fixture("slack/block-actions-mute") as { actions: Record<string, unknown>[] };

/** The event that is published for the JSON of a payload. */
function publish(sent: object | string, headers: string[] = []) {
  const body = encode(Buffer.from(typeof sent === "string" ? sent : JSON.stringify(sent)));
  const isForm = body.subarray(0, 8).toString() === "payload=";
  const mediaType = isForm ? "application/x-www-form-urlencoded" : "application/json";
  const delivery = new Delivery({ rawHeaders: headers }, body, mediaType, receivedAt);
  const read = readBody(delivery);
  if (read.kind === "url_verification") throw new Error("A verification publishes nothing");
  const arrival = readArrival(delivery);
  const event = toStorable(
    read.kind === "callback" ? normalizeCallback(read, arrival) : normalizeInteraction(read, arrival),
    body.length,
  );
  expect(parseEvent(event)).toEqual(event);
  return event;
}
const publishEvent = (fields: object, outer: object = {}) =>
  publish({ ...mention, ...outer, event: { ...mention.event, ...fields } });

const wrong = [5, -1, 1.5, true, "", "text", {}, { id: 5 }, [], [null], null, undefined];

describe("a field that identifies nothing may have any type", () => {
  it.each([
    ...[
      "user",
      "channel",
      "channel_type",
      "text",
      "ts",
      "thread_ts",
      "subtype",
      "bot_id",
      "event_ts",
      "blocks",
    ],
    ...["files", "edited"],
  ])("%s of an event", (name) => {
    for (const value of wrong) expect(publishEvent({ [name]: value }).type).toBe("slack.app_mention");
  });

  it.each([
    "team_id",
    "event_time",
    "authorizations",
    "enterprise_id",
    "context_team_id",
    "is_ext_shared_channel",
  ])("%s of a callback", (name) => {
    for (const value of wrong) expect(publishEvent({}, { [name]: value }).type).toBe("slack.app_mention");
  });

  it.each([
    ...["user", "team", "channel", "container", "message", "view", "trigger_id", "response_url", "actions"],
    ...["enterprise", "state", "message_ts", "action_ts"],
  ])("%s of an interaction", (name) => {
    for (const value of wrong) expect(publish({ ...click, [name]: value }).type).toBe("slack.block_actions");
  });

  it.each(["action_id", "name", "block_id", "value", "action_ts", "selected_option"])(
    "%s of an action",
    (name) => {
      for (const value of wrong)
        expect(
          publish({ ...click, actions: [{ ...click.actions[0], [name]: value }] }).interaction?.actions,
        ).toHaveLength(1);
    },
  );

  it.each(["", "one", "-1", "1.5", "9999"])("a retry with the number %j", (number) => {
    expect(publish(mention, ["X-Slack-Retry-Num", number]).retry).toBeNull();
  });
});

it.each([
  ["no type", { ...mention, event: { user: "U0MIRA" } }, "event.type"],
  ["no id", { ...mention, event_id: undefined }, "event_id"],
  ["an empty id", { ...mention, event_id: "" }, "event_id"],
  ["no event", { type: "event_callback", event_id: "Ev1" }, "event"],
])("a callback with %s is refused, and the error names the field", (_, body, field) => {
  expect(() => publish(body)).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining(field) }),
  );
});

describe("a callback", () => {
  it.each([
    ["file_share"],
    ["thread_broadcast"],
    ["me_message"],
    ["message_changed"],
    ["message_deleted"],
    ["channel_join"],
    ["huddle_thread"],
    ["of_the_future"],
  ])("about a message with the subtype %s is published with it", (subtype) => {
    expect(publishEvent({ type: "message", subtype })).toMatchObject({ type: "slack.message", subtype });
  });

  it("that says that events are dropped has the minute as its time", () => {
    const body = {
      token: "t",
      type: "app_rate_limited",
      team_id: "T0LOCAL",
      minute_rate_limited: 1793638860,
      api_app_id: "A0",
    };
    expect(publish(body)).toMatchObject({
      type: "slack.app_rate_limited",
      subject: "T0LOCAL",
      time: "2026-11-02T17:01:00.000Z",
      actor: null,
    });
    for (const minute_rate_limited of [undefined, null, "soon", {}])
      expect(publish({ ...body, minute_rate_limited }).time).toBe(now);
    expect(publish(body).id).toBe(publish(body).id);
  });

  it.each<[string, object, object, object]>([
    ["a member", {}, { user: "U0MIRA" }, { subject: "U0MIRA", actor: { id: "U0MIRA", type: "user" } }],
    [
      "an id of Enterprise Grid",
      {},
      { user: "W0MIRA" },
      { subject: "W0MIRA", actor: { id: "W0MIRA", type: "user" } },
    ],
    [
      "a bot",
      {},
      { user: "U0BOT", bot_id: "B0LOCAL" },
      { subject: "U0BOT", actor: { type: "bot" }, botId: "B0LOCAL" },
    ],
    ["Slackbot", {}, { user: "USLACKBOT" }, { subject: "USLACKBOT", actor: { type: "bot" } }],
    ["a profile", {}, { user: { id: "U0MIRA", name: "mira" } }, { subject: "U0MIRA", user: "U0MIRA" }],
    ["nobody", {}, { user: undefined }, { subject: "C0ENG", actor: null, user: null }],
    ["an empty user", {}, { user: "" }, { subject: "C0ENG", actor: null, user: null }],
    ["nobody anywhere", {}, { user: null, channel: null }, { subject: "T0LOCAL", actor: null }],
    [
      "nothing",
      { team_id: null },
      { user: null, channel: "" },
      { subject: "slack", actor: null, team: null },
    ],
    [
      "another workspace",
      { team_id: "T0OTHER" },
      { user: "U0STRANGER" },
      { subject: "U0STRANGER", team: "T0OTHER" },
    ],
  ])("of %s has its subject and actor", (_, outer, fields, expected) => {
    expect(publishEvent(fields, outer)).toMatchObject(expected);
  });

  it.each<[string, object, object, string]>([
    ["event_ts", {}, { event_ts: "1793638860.000200" }, "2026-11-02T17:01:00.000Z"],
    [
      "event_time without event_ts",
      { event_time: 1793638860 },
      { event_ts: undefined },
      "2026-11-02T17:01:00.000Z",
    ],
    [
      "event_time for another event_ts",
      { event_time: 1793638860 },
      { event_ts: "soon" },
      "2026-11-02T17:01:00.000Z",
    ],
    ["its arrival for zero", { event_time: 0 }, { event_ts: "0000000000.000000" }, now],
    ["its arrival for an empty text", { event_time: null }, { event_ts: "" }, now],
    ["its arrival for next year", { event_time: null }, { event_ts: "1827853260.000200" }, now],
  ])("has the time of %s", (_, outer, fields, time) => {
    expect(publishEvent(fields, outer).time).toBe(time);
  });

  it("keeps every digit of a number in its payload", () => {
    const text = JSON.stringify(mention).replace(
      /}$/,
      ',"a":9007199254740993,"b":[-1152921506151679042],"c":2147483648}',
    );
    expect(stringifyLossless(publish(text).payload)).toBe(text);
  });

  it.each([
    ["NUL", "a\0b", "a\uFFFDb"],
    ["half an emoji", "help\ud83d", "help\uFFFD"],
    ["an emoji", "\u{1F600}", "\u{1F600}"],
  ])("may have %s in its text", (_, text, stored) => {
    expect(publishEvent({ text })).toMatchObject({ text: stored, payload: { event: { text: stored } } });
  });
});

const user = { id: "U0MIRA", name: "mira" };
const view = { id: "V0", type: "modal", callback_id: "", hash: "1.a", state: { values: {} } };
const where = { team: { id: "T0LOCAL" }, channel: { id: "C0ENG" }, user };

describe("an interaction", () => {
  it.each<[string, object, object]>([
    [
      "interactive_message",
      {
        ...where,
        actions: [{ name: "merge", type: "button", value: "yes" }],
        message_ts: "1793639000.000500",
        action_ts: "1793638860.1",
      },
      {
        ts: "1793639000.000500",
        time: "2026-11-02T17:01:00.100Z",
        interaction: { actions: [{ actionId: "merge", value: "yes" }] },
      },
    ],
    [
      "message_action",
      {
        ...where,
        callback_id: "c",
        message_ts: "1793639000.000500",
        message: { ts: "1793639000.000500", text: "x" },
      },
      { ts: "1793639000.000500", text: "x", interaction: { actions: [] } },
    ],
    [
      "shortcut",
      { user, team: null, action_ts: "1793638860.2" },
      { channel: null, time: "2026-11-02T17:01:00.200Z" },
    ],
    [
      "view_submission",
      { user: { id: "W0MIRA" }, team: null, view },
      { user: "W0MIRA", interaction: { view: { id: "V0", callbackId: "" } } },
    ],
    ["view_closed", { user, view, is_cleared: false }, { interaction: { view: { id: "V0" } } }],
    [
      "block_suggestion",
      { user, container: { type: "view", view_id: "V0" }, view: { id: "V0" }, action_id: "a", value: "x" },
      { interaction: { actions: [] } },
    ],
    [
      "dialog_submission",
      { ...where, submission: { name: "x" }, callback_id: "c", state: "", action_ts: "1793638860.3" },
      { channel: "C0ENG" },
    ],
    ["dialog_suggestion", { ...where, name: "external", value: "" }, { channel: "C0ENG" }],
    [
      "block_actions",
      { user, team: null, enterprise: { id: "E0" }, is_enterprise_install: true, actions: [null, 5, {}] },
      { team: null },
    ],
    ["of_the_future", { channel: { id: "C0ENG" } }, { subject: "C0ENG", user: null, actor: null }],
  ])("%s is published", (type, payload, expected) => {
    const event = publish({
      type,
      trigger_id: "1.2.3",
      response_url: "https://hooks.slack.com/a",
      ...payload,
    });
    expect(event).toMatchObject({ type: `slack.${type}`, ...expected });
    expect(event.interaction).toMatchObject({ triggerId: "1.2.3", loadingView: null });
  });

  it.each<[object, object]>([
    [
      { id: "U0MIRA", username: "mira", name: "Mira" },
      { id: "U0MIRA", name: "mira" },
    ],
    [
      { id: "W0MIRA", username: "", name: "Mira" },
      { id: "W0MIRA", name: "Mira" },
    ],
    [{ id: "U0MIRA" }, { id: "U0MIRA", name: "U0MIRA" }],
  ])("of %j has the actor %j", (sent, actor) => {
    expect(publish({ ...click, user: sent }).actor).toEqual({ ...actor, type: "user" });
  });
});
