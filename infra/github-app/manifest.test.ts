import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { webhookExamples } from "../../test/webhook-examples.ts";

const manifest = JSON.parse(readFileSync(new URL("manifest.json", import.meta.url), "utf8"));

it("The GitHub App subscribes to events that GitHub sends", () => {
  const known = new Set(webhookExamples.map(({ event }) => event));
  expect(manifest.default_events.filter((event: string) => !known.has(event))).toEqual([]);
});

it("The GitHub App may read, and write nothing", () => {
  expect(new Set(Object.values(manifest.default_permissions))).toEqual(new Set(["read"]));
});
