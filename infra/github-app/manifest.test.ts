import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";

const manifest = JSON.parse(readFileSync(new URL("manifest.json", import.meta.url), "utf8"));

it("The GitHub App subscribes to events that GitHub sends", () => {
  const known = new Set(webhookExamples.map(({ event }) => event));
  expect(manifest.default_events.filter((event: string) => !known.has(event))).toEqual([]);
});

it("The GitHub App may read, and write nothing but what cancelling a workflow needs", () => {
  const { actions, ...others } = manifest.default_permissions;
  expect(actions).toBe("write");
  expect(new Set(Object.values(others))).toEqual(new Set(["read"]));
});
