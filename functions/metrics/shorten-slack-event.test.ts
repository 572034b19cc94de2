import { expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { examples } from "../slack/examples.ts";
import { buildOwnRows } from "./build-rows.ts";
import { shortenSlackEvent } from "./shorten-slack-event.ts";

const events = examples(new Date("2026-11-02T12:00:00Z"));

it.each(events.map((event) => [event.type, event] as const))(
  "the row of %s has no text, profile, entered value or response URL",
  (_, event) => {
    const [row] = buildOwnRows(event, readConfig({}));
    const stored = JSON.stringify(row);
    expect(stored).not.toMatch(/"(text|real_name|email|profile|response_url|token|username)\\*":\\*"/);
    expect(stored).not.toMatch(/hooks\.slack\.com|@sentry\.io|verification-token/);
    expect(row?.row).toMatchObject({ event_id: event.id, type: event.type, subject: event.subject });
  },
);

it("ids, types and times stay", () => {
  const message = events.find(({ event }) => event === "message");
  if (!message) throw new Error("There is no example of a message");
  expect(message.text).not.toBeNull();
  const shortened = shortenSlackEvent(message);
  expect(shortened).toMatchObject({
    text: null,
    user: message.user,
    channel: message.channel,
    ts: message.ts,
  });
  expect(shortened.payload).toMatchObject({
    type: "event_callback",
    event: { type: "message", channel_type: "im" },
  });
});
