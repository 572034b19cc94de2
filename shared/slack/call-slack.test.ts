import { describe, expect, it } from "vitest";
import { setupAdvice } from "./call-slack.ts";

describe("setupAdvice", () => {
  it.each([
    ["channel_not_found", {}, "create the channel or correct its name"],
    ["not_in_channel", {}, "invite the bot to the channel"],
    ["is_archived", {}, "unarchive the channel"],
    ["restricted_action", {}, "allow the app to post"],
    ["invalid_auth", {}, "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["not_authed", {}, "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["token_revoked", {}, "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["token_expired", {}, "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["account_inactive", {}, "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["missing_scope", { needed: "users:read.email" }, "missing_scope (users:read.email): add the scope"],
    ["missing_scope", {}, "missing_scope: add the scope"],
    ["missing_scope", { needed: 7 }, "missing_scope: add the scope"],
  ])("says what to change after %s %j", (error, details, advice) => {
    expect(setupAdvice(error, details)).toContain(advice);
    expect(setupAdvice(error, details)).toContain(`Slack responds ${error}`);
  });

  it.each(["message_not_found", "ratelimited", "internal_error", "toString", ""])(
    "has no advice for %j",
    (error) => {
      expect(setupAdvice(error)).toBeUndefined();
    },
  );
});
