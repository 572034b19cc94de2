import { describe, expect, it } from "vitest";
import { workspaceUser } from "../../infra/local/seed/slack.ts";
import { isAtDomain, toOrganizationMember } from "./members.ts";

const user = (options: Parameters<typeof workspaceUser>[2] = {}) =>
  workspaceUser("U0MIRA", "Mira Okafor", options);

describe("a member of the organization", () => {
  it("is a confirmed user of its domain; the e-mail address is kept in lower case", () => {
    const member = { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" };
    expect(toOrganizationMember(user(), "sentry.io")).toEqual(member);
    expect(toOrganizationMember(user({ email: "Mira.Okafor@Sentry.IO" }), "sentry.io")).toEqual(member);
  });

  it.each([
    ["a bot", user({ is_bot: true })],
    ["deactivated", user({ deleted: true })],
    ["a guest of some channels", user({ is_restricted: true })],
    ["a guest of one channel", user({ is_restricted: true, is_ultra_restricted: true })],
    ["not confirmed", user({ is_email_confirmed: false })],
    ["from elsewhere", user({ email: "mira@agency.example" })],
    ["at a domain that ends alike", user({ email: "mira@notsentry.io" })],
    ["at a subdomain", user({ email: "mira@mail.sentry.io" })],
    ["without an e-mail address", { id: "U0MIRA", is_email_confirmed: true, profile: {} }],
    ["without a profile", { id: "U0MIRA", is_email_confirmed: true }],
    ["without an id", { is_email_confirmed: true, profile: { email: "mira.okafor@sentry.io" } }],
    ["not said to be confirmed", { id: "U0MIRA", profile: { email: "mira.okafor@sentry.io" } }],
  ])("is not somebody who is %s", (_, somebody) => {
    expect(toOrganizationMember(somebody, "sentry.io")).toBeNull();
  });
});

describe("an e-mail address", () => {
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
