import { describe, expect, it } from "vitest";
import { workspaceUser } from "../../infra/local/seed/slack.ts";
import { isAtDomain, toOrganizationMember } from "./members.ts";

const user = (options: Parameters<typeof workspaceUser>[2] = {}) =>
  workspaceUser("U0MIRA", "Mira Okafor", options);

describe("toOrganizationMember", () => {
  it("accepts a confirmed user of the domain, with the e-mail address in lower case", () => {
    const member = { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" };
    expect(toOrganizationMember(user(), "sentry.io")).toEqual(member);
    expect(toOrganizationMember(user({ email: "Mira.Okafor@Sentry.IO" }), "sentry.io")).toEqual(member);
  });

  it.each([
    ["a bot", user({ is_bot: true })],
    ["a deactivated user", user({ deleted: true })],
    ["a guest of some channels", user({ is_restricted: true })],
    ["a guest of one channel", user({ is_restricted: true, is_ultra_restricted: true })],
    ["an unconfirmed user", user({ is_email_confirmed: false })],
    ["a user of another domain", user({ email: "mira@agency.example" })],
    ["a user of a domain with the same ending", user({ email: "mira@notsentry.io" })],
    ["a user of a subdomain", user({ email: "mira@mail.sentry.io" })],
    ["a user without an e-mail address", { id: "U0MIRA", is_email_confirmed: true, profile: {} }],
    ["a user without a profile", { id: "U0MIRA", is_email_confirmed: true }],
    ["a user without an id", { is_email_confirmed: true, profile: { email: "mira.okafor@sentry.io" } }],
    ["a user without is_email_confirmed", { id: "U0MIRA", profile: { email: "mira.okafor@sentry.io" } }],
  ])("rejects %s", (_, rejected) => {
    expect(toOrganizationMember(rejected, "sentry.io")).toBeNull();
  });
});

describe("isAtDomain", () => {
  it.each([
    ["mira@sentry.io", "sentry.io", true],
    ["MIRA@SENTRY.IO", "Sentry.io", true],
    ["mira@sentry.io.example", "sentry.io", false],
    ["sentry.io", "sentry.io", false],
    ["", "sentry.io", false],
  ])("%s is at %s: %s", (email, domain, expected) => {
    expect(isAtDomain(email, domain)).toBe(expected);
  });
});
