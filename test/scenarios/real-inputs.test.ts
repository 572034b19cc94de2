import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

let suite: TestSuite;
beforeAll(async () => {
  suite = await startTestSuite();
});
afterEach(() => suite.services.github?.current.faults.clear());
afterAll(() => suite.stop());

/** Sends a delivery and returns the row of its event when the suite is idle. */
async function store(source: string, body: object | string, event?: string) {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const { status, eventId } = await suite.send(source, bytes, event === undefined ? {} : { event });
  await suite.settled();
  const [row] = await suite.local.query<{ type: string; payload: string }>(
    `SELECT type, TO_JSON_STRING(payload) AS payload FROM product_eng.events WHERE event_id = '${eventId}'`,
  );
  const delivered = (await suite.local.events()).find(({ id }) => id === eventId);
  const attempts = delivered?.subscribers.map(({ outcome, attempts }) => `${outcome} ${attempts}`) ?? [];
  return { status, eventId, row, attempts: [...new Set(attempts)] };
}

const user = { id: "W0STRANGER", username: "x" };
const mention = fixture("slack/app-mention") as { event: object };
const strange = { event: { ...mention.event, user: user.id, text: "<@U0BOT> deploy notifications off" } };

describe("an input that senders really send", () => {
  it.each<[string, string, object | string, string]>([
    [
      "a byte order mark",
      "webpack",
      '\uFEFF{"pull_request_number":1,"commit":"c","file":"a.js","size":1}',
      "webpack.asset_sizes",
    ],
    [
      "a byte order mark",
      "bootstrap-dev-env",
      '\uFEFF{"event":"bootstrap_end","name":"mira"}',
      "bootstrap-dev-env.bootstrap_end",
    ],
    [
      "a run id as number",
      "freight",
      { ...fixture("freight/deploy-started"), deploy_number: 16_903_214_587 },
      "freight.deploy.started",
    ],
    [
      "no previous commit",
      "freight",
      { ...fixture("freight/deploy-finished"), deploy_number: 905, previous_sha: "" },
      "freight.deploy.finished",
    ],
    [
      "a rate limit",
      "slack",
      '{"type":"app_rate_limited","minute_rate_limited":1793638860}',
      "slack.app_rate_limited",
    ],
    [
      "a button without action_id",
      "slack",
      { type: "interactive_message", user, actions: [{ name: "merge", value: "yes" }] },
      "slack.interactive_message",
    ],
    ["a stranger's mention", "slack", { ...mention, ...strange, event_id: "Ev1" }, "slack.app_mention"],
    [
      "a stranger's click",
      "slack",
      {
        type: "block_actions",
        user,
        channel: { id: "C0ENG" },
        actions: [{ action_id: "mute-deploy-notifications" }],
      },
      "slack.block_actions",
    ],
  ])("%s from %s is stored, and acknowledged at the first attempt", async (_, source, body, type) => {
    const { status, row, attempts } = await store(source, body);
    expect([status, row?.type, attempts]).toEqual([source === "slack" ? 200 : 202, type, ["acknowledged 1"]]);
  });

  it("keeps an integer above 2^53 in the payload", async () => {
    const { row } = await store(
      "github",
      '{"action":"build","client_payload":{"id":1152921506151679042}}',
      "x",
    );
    expect(row?.payload).toContain("1152921506151679042");
  });
});

it("an issue is archived, and its dead letter recorded, while GitHub does not say whether its author is a member", async () => {
  suite.services.github?.current.faults.add({ path: "/members/lena-fischer", kind: "drop", times: 100 });
  const issue = { number: 1, title: "It broke" };
  const repository = {
    id: 1,
    full_name: "getsentry/sentry",
    owner: { login: "getsentry", type: "Organization" },
  };
  const sender = { id: 1, login: "lena-fischer", type: "User" };
  const { row, attempts } = await store("github", { action: "opened", issue, repository, sender }, "issues");
  expect([row?.type, attempts]).toEqual(["github.issues.opened", ["dead-lettered 5"]]);
  await suite.local.idle();
  expect(
    await suite.local.query(
      `SELECT subscription, delivery_attempts, source, type FROM product_eng.dead_letter_events
       WHERE type = 'github.issues.opened'`,
    ),
  ).toEqual([
    {
      subscription: "metrics-github-events",
      delivery_attempts: 5,
      source: "github",
      type: "github.issues.opened",
    },
  ]);
});

describe("the first examples of README", () => {
  it("post a failed required check to the channel, and record what a deploy shipped, at the first attempt", async () => {
    const check = await store("github", fixture("github/check-run-failed"), "check_run");
    expect(check.attempts).toEqual(["acknowledged 1"]);
    const posted = (await suite.local.messages()).filter(({ events }) =>
      events?.includes(String(check.eventId)),
    );
    expect(posted.map(({ channel_name }) => channel_name)).toContain("team-engineering");
    const deploy = await store("freight", fixture("freight/deploy-finished"));
    expect(deploy.attempts).toEqual(["acknowledged 1"]);
    await suite.local.idle();
    const rows = await suite.local.query(
      `SELECT pull_request_number FROM product_eng.freight_to_pull_request WHERE event_id = '${deploy.eventId}'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});
