import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defaultWorkspace } from "../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "./start.ts";

let slack: RunningSlack;
let client: WebClient;
let now = 0;
beforeAll(async () => {
  slack = await startSlack({ workspace: defaultWorkspace(), now: () => now });
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  client = new WebClient("xoxb-test", options);
});
afterAll(() => slack.stop());
beforeEach(() => {
  now = 1_793_638_860_000;
  slack.rateLimits.enforce();
});

const post = (channel: string) => client.chat.postMessage({ channel, text: "x" });
const call = (method: string) => client.apiCall(method, { user: "U0MIRA" });

describe("enforced rate limits", () => {
  it("allow one message per second and channel, named in either way", async () => {
    await post("C0ENG");
    now += 1;
    await expect(post("#team-engineering")).rejects.toMatchObject({
      code: "slack_webapi_rate_limited_error",
      retryAfter: 1,
    });
    await post("C0GENERAL");
    await post("U0MIRA");
    now += 999;
    await post("C0ENG");
    expect(slack.messages()).toHaveLength(4);
  });

  it.each([
    ["users.list", 20],
    ["team.profile.get", 50],
    ["users.info", 100],
  ])("allow %s %i times a minute", async (method, perMinute) => {
    for (let sent = 0; sent < perMinute; sent++) await call(method);
    now += 20_500;
    await expect(call(method)).rejects.toMatchObject({ retryAfter: 40 });
    now += 39_500;
    expect((await call(method)).ok).toBe(true);
  });

  it("respond with 429, Retry-After and Slack's error code", async () => {
    const send = () =>
      fetch(`${slack.url}chat.postMessage`, {
        method: "POST",
        headers: { authorization: "Bearer xoxb-test", "content-type": "application/json" },
        body: JSON.stringify({ channel: "C0RANDOM", text: "x" }),
      });
    await send();
    const limited = await send();
    expect([limited.status, limited.headers.get("retry-after"), await limited.json()]).toEqual([
      429,
      "1",
      { ok: false, error: "ratelimited" },
    ]);
  });

  it("are lifted on demand, as they are at the start", async () => {
    await post("C0ENG");
    slack.rateLimits.lift();
    await post("C0ENG");
    await post("C0ENG");
  });
});
