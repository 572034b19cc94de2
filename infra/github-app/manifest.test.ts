import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";

const manifest = JSON.parse(readFileSync(new URL("manifest.json", import.meta.url), "utf8"));

it("the GitHub App subscribes to events that GitHub sends", () => {
  // The examples are older: https://docs.github.com/webhooks/webhook-events-and-payloads#repository_ruleset
  const events = new Set([...webhookExamples.map(({ event }) => event), "repository_ruleset"]);
  expect(manifest.default_events.filter((event: string) => !events.has(event))).toEqual([]);
});

it("the GitHub App may write workflows, to cancel them, and only read everything else", () => {
  const { actions, ...others } = manifest.default_permissions;
  expect(actions).toBe("write");
  expect(new Set(Object.values(others))).toEqual(new Set(["read"]));
});
