import { describe, expect, it } from "vitest";
import { normalize } from "../github/normalize.ts";
import { classifyActor } from "./user-type.ts";

const bots = ["getsentry-bot"];

function classify(login: string, type: string, ownerType = "Organization") {
  const repository = { id: 1, full_name: "getsentry/sentry", owner: { login: "getsentry", type: ownerType } };
  const payload = { repository, sender: { id: 1, login, type }, ref: "refs/heads/master" };
  return classifyActor(normalize({ id: "1", event: "push", payload, receivedAt: new Date() }), bots);
}

describe("the user_type of an actor", () => {
  it.each([
    ["getsentry-bot", "User", "bot"],
    ["dependabot[bot]", "User", "bot"],
    ["renovate", "Bot", "bot"],
    ["robot", "User", "person"],
    ["mira-okafor", "User", "person"],
  ])("%s (%s) is %s", (login, type, expected) => {
    expect(classify(login, type)).toBe(expected);
  });

  it("is null in a person's own repository, which has no members", () => {
    expect(classify("getsentry-bot", "User", "User")).toBeNull();
  });
});
