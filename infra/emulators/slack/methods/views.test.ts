import { type LogLevel, type View, WebClient } from "@slack/web-api";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { defaultWorkspace } from "../../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "../start.ts";

let slack: RunningSlack;
let views: WebClient["views"];
beforeAll(async () => {
  slack = await startSlack({ workspace: defaultWorkspace() });
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logLevel: "none" as LogLevel };
  ({ views } = new WebClient("xoxb-test", options));
});
afterAll(() => slack.stop());
afterEach(() => void vi.useRealTimers());

const home = (fields: object = {}) => ({ type: "home", blocks: [], ...fields }) as View;
const modal: View = { type: "modal", title: { type: "plain_text", text: "Hello" }, blocks: [] };
/** Valid by each rule of Block Kit, but longer than 250,000 bytes as JSON. */
const longBlocks = Array.from({ length: 90 }, () => ({
  type: "section",
  text: { type: "mrkdwn", text: "x".repeat(2900) },
}));

describe("views.open", () => {
  it("rejects a trigger id after 3 seconds", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const trigger_id = slack.issueTrigger("U0MIRA");
    vi.setSystemTime(Date.now() + 3001);
    await expect(views.open({ trigger_id, view: modal })).rejects.toMatchObject({
      data: { error: "expired_trigger_id" },
    });
  });

  it("rejects a view with an invalid block, with the pointer of the problem", async () => {
    const view = { ...modal, blocks: [{ type: "section" }] } as View;
    await expect(views.open({ trigger_id: slack.issueTrigger("U0MIRA"), view })).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: {
          messages: ["[ERROR] missing required field: text or fields [json-pointer:/view/blocks/0]"],
        },
      },
    });
  });
});

describe("views.update", () => {
  it("rejects the id of a view that does not exist", async () => {
    await expect(views.update({ view_id: "V0NONE", view: modal })).rejects.toMatchObject({
      data: { error: "not_found" },
    });
  });
});

describe("views.publish", () => {
  it.each<[string, string, View]>([
    ["user_not_found", "U0NOBODY", home()],
    ["invalid_arguments", "U0MIRA", modal],
    ["view_too_large", "U0MIRA", home({ blocks: longBlocks })],
  ])("rejects a view with %s", async (error, user_id, view) => {
    await expect(views.publish({ user_id, view })).rejects.toMatchObject({ data: { error } });
  });
});
