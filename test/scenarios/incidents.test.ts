import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { LocalMessage } from "../../infra/emulators/slack/workspace.ts";
import { UNLINK_INCIDENT } from "../../shared/incidents/incident-message.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { textsIn, withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

interface Sending {
  /** Time of the report; by default that of the step in its data. */
  timestamp?: string;
  times?: number;
}

/** Reports as a job does, `times` times at once, and waits until the suite is idle. */
async function report(type: string, data: object, { timestamp, times = 1 }: Sending = {}) {
  const body = { type, data, ...(timestamp !== undefined && { timestamp }) };
  const id = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  await Promise.all(Array.from({ length: times }, () => conversation.suite.send("report", body, { id })));
  await conversation.suite.settled();
}

/** Lets Freight report that a deploy of getsentry to production finished. */
async function deploy(number: number, sha: string, minutes: number) {
  const finished = fixture("freight/deploy-finished");
  await conversation.suite.send("freight", {
    ...finished,
    ...{
      deploy_number: number,
      sha,
      date_finished: minutesAgo(minutes),
      date_started: minutesAgo(minutes + 5),
    },
  });
  await conversation.suite.settled();
}

const incident = (id: string, minutes: number, more: object = {}) => ({
  ...{ id, title: `Incident ${id}`, severity: "critical", status: "opened", service: "getsentry" },
  ...{ opened_at: minutesAgo(minutes), ...more },
});

/** What a member sees of the messages about an incident. */
function messagesAbout(id: string) {
  const messages = conversation.slack.messages().filter(({ text }) => text?.includes(`Incident ${id}`));
  return messages.map((message) => ({
    message,
    says: textsIn(message).join("\n"),
    color: (message.attachments as { color: string }[])[0]?.color,
  }));
}

function messageAbout(id: string): { message: LocalMessage; says: string } {
  const [first] = messagesAbout(id);
  if (!first) throw new Error(`There is no message about ${id}`);
  return first;
}

async function row(id: string) {
  await conversation.suite.local.idle();
  const rows = await conversation.suite.local.query(
    `SELECT source, service, severity, status, deployment_app, deployment_number, link_reason, is_linked,
       resolved_at IS NOT NULL AS has_ended FROM product_eng.incidents WHERE id = '${id}'`,
  );
  expect(rows).toHaveLength(1);
  return rows[0];
}

const shas = Object.fromEntries(["a", "b", "c"].map((digit) => [digit, digit.repeat(40)])) as Record<
  string,
  string
>;

describe("an incident that a job reports", () => {
  it("is linked to the last production deployment before it, in one message that follows it until it is resolved", async () => {
    await deploy(501, shas.a ?? "", 90);
    await report("incident", incident("first", 60), { times: 5 });
    expect(messagesAbout("first")).toMatchObject([
      {
        color: colors.red,
        says: expect.stringMatching(/Incident in getsentry.*critical.*#501.*last one before/s),
      },
    ]);
    expect(messageAbout("first").message.channel_name).toBe("team-engineering");
    expect(await row("first")).toEqual({
      ...{ source: "report", service: "getsentry", severity: "critical", status: "opened", has_ended: false },
      ...{ deployment_app: "getsentry", deployment_number: 501, link_reason: "latest", is_linked: true },
    });

    await report("incident", incident("first", 60, { status: "resolved", resolved_at: minutesAgo(1) }));
    expect(messagesAbout("first")).toMatchObject([
      { color: colors.green, says: expect.stringMatching(/Resolved incident in getsentry/) },
    ]);
    expect(await row("first")).toMatchObject({ status: "resolved", has_ended: true, deployment_number: 501 });

    await report("incident", incident("first", 60), { timestamp: minutesAgo(0) });
    expect(messagesAbout("first")).toMatchObject([{ color: colors.red }]);
  });

  it("is linked to the deployment of the commit that it names", async () => {
    await deploy(510, shas.b ?? "", 50);
    await deploy(511, shas.c ?? "", 40);
    await report("incident", incident("named", 30, { sha: "bbbbbbbbbb" }));
    expect(messageAbout("named").says).toMatch(/#510.*brought the commit/);
    expect(await row("named")).toMatchObject({ deployment_number: 510, link_reason: "sha" });
  });

  it("is not linked without a deployment in the day before, and is listed", async () => {
    await report("incident", incident("early", 20 * 60));
    expect(messageAbout("early").says).toMatch(/No deployment to production finished in the 24 hours before/);
    expect(await row("early")).toMatchObject({
      deployment_number: null,
      link_reason: "none",
      is_linked: false,
    });
  });

  it("of a service that is not configured is recorded, and nobody is told", async () => {
    await report("incident", incident("foreign", 10, { service: "somebody else's" }));
    expect(messagesAbout("foreign")).toEqual([]);
    expect(await row("foreign")).toMatchObject({ service: null, link_reason: "none" });
  });

  it("that was resolved before its message could be posted gets none", async () => {
    await report("incident", incident("over", 10, { status: "resolved" }));
    await report("incident", incident("over", 10));
    expect(messagesAbout("over")).toEqual([]);
    expect(await row("over")).toMatchObject({ status: "resolved" });
  });

  it.each(["drop-before", "drop-after"] as const)(
    "is posted once if the response is lost (%s)",
    async (kind) => {
      conversation.slack.faults.add({ method: "chat.postMessage", kind, times: 1 });
      await report("incident", incident(kind, 10));
      expect(messagesAbout(kind)).toHaveLength(1);
      conversation.slack.faults.add({ method: "chat.update", kind, times: 1 });
      await report("incident", incident(kind, 10, { status: "resolved" }));
      expect(messagesAbout(kind)).toMatchObject([{ color: colors.green }]);
    },
  );

  it("whose message was deleted is posted again when it changes", async () => {
    await report("incident", incident("deleted", 10));
    const { message } = messageAbout("deleted");
    conversation.slack.faults.add({
      method: "chat.update",
      kind: "error",
      error: "message_not_found",
      times: 1,
    });
    await report("incident", incident("deleted", 10, { status: "resolved" }));
    expect(messagesAbout("deleted").map(({ message: { ts } }) => ts)).toContainEqual(
      expect.not.stringMatching(message.ts),
    );
  });
});

describe("This deploy did not cause it", () => {
  it("removes the link for good, shows who said so, and the metrics have it", async () => {
    await deploy(520, shas.a ?? "", 20);
    await report("incident", incident("blamed", 10));
    const { message } = messageAbout("blamed");
    await conversation.press(message, { user: "U0MIRA", actionId: UNLINK_INCIDENT, times: 3 });
    const after = messageAbout("blamed");
    expect(after.says).toMatch(/<@U0MIRA> said that deployment .*#520.* did not cause it/);
    const { blocks, attachments } = after.message;
    expect(JSON.stringify({ blocks, attachments })).not.toContain(UNLINK_INCIDENT);
    expect(await row("blamed")).toMatchObject({
      deployment_number: 520,
      link_reason: "unlinked",
      is_linked: false,
    });
    await report("incident", incident("blamed", 10, { status: "resolved", deployment: 520 }));
    expect(await row("blamed")).toMatchObject({ status: "resolved", link_reason: "unlinked" });
  });

  it("is for members only", async () => {
    await deploy(530, shas.b ?? "", 20);
    await report("incident", incident("guest", 10));
    const guest = conversation.slack.workspace.users.find((user) => user.is_restricted);
    expect(guest).toBeDefined();
    await conversation.press(messageAbout("guest").message, {
      user: guest?.id ?? "",
      actionId: UNLINK_INCIDENT,
    });
    expect(await row("guest")).toMatchObject({ is_linked: true });
  });
});

describe("incidents of other sources", () => {
  afterEach(() => conversation.suite.settled());

  it("PagerDuty's are posted when triggered, and edited when resolved", async () => {
    const shift = (name: string, status: string) => {
      const { event } = fixture(`pagerduty/${name}`) as { event: { data: object } };
      const data = { ...event.data, title: "Incident pager", created_at: minutesAgo(5), status };
      return { event: { ...event, occurred_at: minutesAgo(status === "resolved" ? 1 : 5), data } };
    };
    await conversation.suite.send("pagerduty", shift("incident-triggered", "triggered"));
    await conversation.suite.settled();
    expect(messagesAbout("pager")).toMatchObject([
      { color: colors.red, says: expect.stringContaining("P1") },
    ]);
    await conversation.suite.send("pagerduty", shift("incident-resolved", "resolved"));
    await conversation.suite.settled();
    expect(messagesAbout("pager")).toMatchObject([{ color: colors.green }]);
    expect(await row("Q1A2B3C4D5E6F7")).toMatchObject({ source: "pagerduty", status: "resolved" });
  });

  it("an issue of Sentry that no alert reported is no incident when it is resolved", async () => {
    await conversation.suite.send("sentry", fixture("sentry/issue-resolved"));
    await conversation.suite.local.idle();
    const rows = await conversation.suite.local.query(
      "SELECT id FROM product_eng.incidents WHERE source = 'sentry'",
    );
    expect(rows).toEqual([]);
  });
});
