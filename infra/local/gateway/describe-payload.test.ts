import { expect, it } from "vitest";
import { webhookExamples } from "../../../functions/github/webhook-examples.ts";
import { fixture } from "../../../shared/webhook/read-fixture.ts";
import { describePayload } from "./describe-payload.ts";

it.each([
  ["github/check-run-failed", "getsentry required checks: failure"],
  ["github/deployment-status-success", "production: success"],
  ["slack/app-mention", "<@U0BOT> typescript"],
  ["report/incident-opened", "Checkout returns 500"],
  ["freight/deploy-finished", null],
  ["webpack/assets", null],
])("the payload %s is described as %j", (name, text) => {
  expect(describePayload(fixture(name))).toBe(text);
});

it.each([
  [{ review: { state: "approved" }, pull_request: { title: "Fix it" } }, "approved: Fix it"],
  [{ head_commit: { message: "First line\n\nMore" } }, "First line"],
  [{ head_commit: null }, null],
  [{ check_run: { name: "lint", status: "queued", conclusion: null } }, "lint: queued"],
  [{ actions: [{ action_id: "mute", text: { text: "Mute" } }] }, "Mute"],
  [{ actions: [], event: { data: { title: "Down" } } }, "Down"],
  [{ issue: { title: "x".repeat(500) } }, `${"x".repeat(119)}…`],
  [null, null],
  [[{ file: "app.js" }], null],
])("the payload %j is described as %j", (payload, text) => {
  expect(describePayload(payload)).toBe(text);
});

it("every example of GitHub is described or has nothing to say", () => {
  for (const { payload } of webhookExamples)
    expect(describePayload(payload)?.includes("\n") ?? false).toBe(false);
});
