import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { facts } from "../../functions/refresh-facts/facts/facts.ts";

const manifest = JSON.parse(readFileSync(new URL("manifest.json", import.meta.url), "utf8"));

it("the GitHub App subscribes to events that GitHub sends", () => {
  // The examples are older: https://docs.github.com/webhooks/webhook-events-and-payloads#repository_ruleset
  const events = new Set([...webhookExamples.map(({ event }) => event), "repository_ruleset"]);
  expect(manifest.default_events.filter((event: string) => !events.has(event))).toEqual([]);
});

it("the GitHub App subscribes to each event that a metric reads", () => {
  const sql = facts.map(({ select }) => select((column) => `${column} IS NOT NULL`)).join("\n");
  const read = new Set([...sql.matchAll(/'github\.([a-z_]+)/g)].map(([, event = ""]) => event));
  expect([...read]).toEqual(expect.arrayContaining(["check_run", "merge_group", "push", "workflow_job"]));
  const missing = [...read, "deployment_status"].filter(
    (event) => !manifest.default_events.some((name: string) => name.startsWith(event)),
  );
  expect(missing).toEqual([]);
});

it("the GitHub App may write workflows, to cancel them, and only read everything else", () => {
  const { actions, ...others } = manifest.default_permissions;
  expect(actions).toBe("write");
  expect(new Set(Object.values(others))).toEqual(new Set(["read"]));
});
