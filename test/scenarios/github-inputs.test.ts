import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { webhookPayload } from "../../infra/emulators/github/webhooks/payload.ts";
import { mentionsIn } from "../../infra/emulators/slack/mentions-in.ts";
import { localSecret } from "../../infra/local/secrets.ts";
import { post, signFor } from "../../infra/send/send.ts";
import { checkRunDelivery } from "../support/check-run-delivery.ts";
import { CHANNEL, requiredCheckActions, withRequiredChecks } from "../support/required-checks.ts";

/** Deliveries as GitHub really sends them; each names a public report of somebody who received it. */
const started = withRequiredChecks();
const { sha, send, channel } = requiredCheckActions(started);
const sentry = { repository: "getsentry/sentry", sender: "mira-okafor" };

async function deliver(event: string, id: string, body: object | string) {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return started.suite.send("github", bytes, { event, id });
}

async function query(sql: string) {
  await started.suite.local.idle();
  return started.suite.local.query(sql);
}

const issue = (title: string) => ({
  id: 4000,
  number: 3000,
  title,
  user: { id: 42, login: "mira-okafor", type: "User" },
  state: "open",
  created_at: "2026-11-02T10:00:00Z",
  updated_at: "2026-11-02T10:00:00Z",
  closed_at: null,
});
const opened = (title: string) => webhookPayload(sentry, { action: "opened", issue: issue(title) });

describe("a signature", () => {
  // octokit/webhooks.js#71 and #1155
  it("is compared with the bytes, whatever characters and escapes they contain", async () => {
    const title = '"Foo\\n\\u001B[34mbar 😊 ♥\u2028\\u2028 \\u00e9 https:\\/\\/x.y e\u0301 \u202eevil"';
    const body = JSON.stringify(opened("TITLE")).replace('"TITLE"', title);
    expect((await deliver("issues", "raw-bytes", body)).status).toBe(202);
    expect(
      await query(
        "SELECT JSON_VALUE(event, '$.issue.title') AS title FROM product_eng.events WHERE event_id = 'raw-bytes'",
      ),
    ).toEqual([{ title: "Foo\n\u001b[34mbar 😊 ♥\u2028\u2028 é https://x.y e\u0301 \u202eevil" }]);
  });

  // probot/template#8: GitHub's default for a repository's webhook is a form.
  it("of a form is not looked at: the response names the media type to choose", async () => {
    const form = Buffer.from(`payload=${encodeURIComponent(JSON.stringify(opened("x")))}`);
    const headers = await signFor(started.suite.folder("github"), {
      body: form,
      event: "issues",
      id: "form",
    });
    const { status, body } = await post(
      `${started.suite.url}/github`,
      { ...headers, "content-type": "application/x-www-form-urlencoded" },
      form,
    );
    expect([status, body]).toEqual([415, expect.stringContaining("application/json")]);
  });

  // probot/smee-client#50: old relays pass on the SHA-1 signature alone.
  it("with SHA-1 alone is refused, and the response names the missing header", async () => {
    const bytes = Buffer.from(JSON.stringify(opened("x")));
    const signed = await signFor(started.suite.folder("github"), {
      body: bytes,
      event: "issues",
      id: "sha1",
    });
    const { "x-hub-signature-256": _, ...headers } = signed;
    const digest = createHmac("sha1", localSecret("GH_WEBHOOK_SECRET")).update(bytes).digest("hex");
    const { status, body } = await post(
      `${started.suite.url}/github`,
      { ...headers, "x-hub-signature": `sha1=${digest}` },
      bytes,
    );
    expect([status, body]).toEqual([401, expect.stringMatching(/X-Hub-Signature-256/i)]);
  });
});

describe("a delivery id", () => {
  // github/docs#32822: two webhooks get the same event with the same id, and bodies that differ slightly.
  it("that two webhooks send is one event in every view, with the first body", async () => {
    const { installation: _, ...ofRepository } = opened("It broke") as Record<string, unknown>;
    expect((await deliver("issues", "two-hooks", opened("It broke"))).status).toBe(202);
    await started.suite.settled();
    expect((await deliver("issues", "two-hooks", ofRepository)).status).toBe(202);
    expect(
      await query(
        `SELECT COUNT(*) AS n, LOGICAL_AND(JSON_VALUE(payload, '$.installation.id') = '1') AS isFirst
         FROM product_eng.events_deduplicated WHERE event_id = 'two-hooks'`,
      ),
    ).toEqual([{ n: 1, isFirst: true }]);
    expect(
      await query(
        "SELECT COUNT(*) AS n FROM open_source.github_events_deduplicated WHERE event_id = 'two-hooks'",
      ),
    ).toEqual([{ n: 1 }]);
  });
});

describe("a merge queue", () => {
  const queue = `gh-readonly-queue/master/pr-22501-${"b".repeat(40)}`;
  const pull = (base: string, updated: string) => ({
    number: 22_501,
    title: "fix: Something",
    user: { id: 42, login: "mira-okafor", type: "User" },
    state: "closed",
    merged: true,
    merged_at: "2026-11-02T12:00:00Z",
    merge_commit_sha: "9".repeat(40),
    head: { sha: "c".repeat(40), ref: "feature", repo: { full_name: "getsentry/sentry" } },
    base: { sha: "b".repeat(40), ref: base, repo: { full_name: "getsentry/sentry" } },
    created_at: "2026-11-02T09:00:00Z",
    updated_at: updated,
    closed_at: "2026-11-02T12:00:00Z",
  });

  // IBM/mcp-context-forge#5480
  it("names the base of a pull request as a ref when it takes it out, and the view shows the branch", async () => {
    const closed = { action: "closed", pull_request: pull("master", "2026-11-02T12:00:00Z") };
    const dequeued = {
      action: "dequeued",
      reason: "MERGE",
      pull_request: pull("refs/heads/master", "2026-11-02T12:00:01Z"),
    };
    await deliver("pull_request", "queue-closed", webhookPayload(sentry, closed));
    await deliver("pull_request", "queue-dequeued", webhookPayload(sentry, dequeued));
    expect(
      await query("SELECT state, base_branch FROM product_eng.pull_requests WHERE number = 22501"),
    ).toEqual([{ state: "merged", base_branch: "master" }]);
  });

  it("has failures that are none of master", async () => {
    const [failed, group] = ["8".repeat(40), "queue-group"];
    await send(0, "failure", 0, { sha: failed, branch: queue, runId: 150_001 });
    const merge_group = {
      head_sha: failed,
      head_ref: `refs/heads/${queue}`,
      base_sha: "b".repeat(40),
      base_ref: "refs/heads/master",
      head_commit: { id: failed, timestamp: "2026-11-02T11:00:00Z", message: "x" },
    };
    const body = webhookPayload(sentry, { action: "destroyed", reason: "merged", merge_group });
    expect((await deliver("merge_group", group, body)).status).toBe(202);
    expect(await channel()).toEqual([]);
    expect(await query("SELECT branch_kind FROM product_eng.check_runs WHERE check_run_id = 150001")).toEqual(
      [{ branch_kind: "other" }],
    );
  });
});

describe("a fork's branch that is called master", () => {
  // CodSpeedHQ/action#62: GitHub names a run's branch without its repository.
  it("turns neither the channel nor the dashboard red, also if no push of the repository is known", async () => {
    await send(0, "failure", 0, { sha: "f".repeat(40), runId: 70_001 });
    expect(await channel()).toEqual([]);
    expect(
      await query("SELECT branch_kind, verdict FROM product_eng.check_runs WHERE check_run_id = 70001"),
    ).toEqual([{ branch_kind: "pull_request", verdict: "failed" }]);
    expect(
      await query(`SELECT * FROM product_eng.main_red_periods WHERE broken_by_sha = '${"f".repeat(40)}'`),
    ).toEqual([]);
  });
});

describe("an integer above 2^53", () => {
  // cloudevents/sdk-javascript#489
  it.each([
    [
      "repository_dispatch",
      "client_payload",
      '{"build_id":1152921506151679042}',
      "$.client_payload.build_id",
    ],
    ["star", "sender", '{"id":1152921506151679042,"login":"mira-okafor"}', "$.sender.id"],
  ])("of %s keeps its digits in the payload", async (event, key, value, path) => {
    const body = JSON.stringify({ ...opened("x"), issue: undefined, action: "created", [key]: "VALUE" });
    const id = `digits-${event}`;
    expect((await deliver(event, id, body.replace('"VALUE"', value))).status).toBe(202);
    expect(
      await query(
        `SELECT JSON_VALUE(payload, '${path}') AS digits FROM product_eng.events WHERE event_id = '${id}'`,
      ),
    ).toEqual([{ digits: "1152921506151679042" }]);
  });
});

describe("a job's name", () => {
  const text = (...rows: string[]) => ["| Job | Conclusion |", "| --- | --- |", ...rows].join("\n");
  const withJobs = (index: number, table: string) => {
    const body = checkRunDelivery({ sha: sha(index), conclusion: "failure" });
    const run = body.check_run as Record<string, unknown>;
    return { ...body, check_run: { ...run, output: { title: "t", summary: "", text: table } } };
  };
  const page = "https://github.com/a/b/runs";

  // integrations/slack#1609 and #1072
  it("is shown literally: it pings nobody and links to nothing else", async () => {
    const table = text(
      `| [<!channel> & <https://evil.example/|click>](${page}/1) | failure |`,
      `| [a \\| b \`x\` *y* ]](${page}/2) | timed_out |`,
      "| DEV-1-->-x <@U0LENA> ```fence | failure |",
      "| [cut off](https://git",
    );
    expect((await deliver("check_run", "names", withJobs(0, table))).status).toBe(202);
    const [alert, ...more] = await channel();
    expect([more, alert?.thread?.length]).toEqual([[], 1]);
    const said = started.slack.messages().filter((message) => message.channel === CHANNEL);
    for (const message of said) {
      const { users, broadcasts, links } = mentionsIn(message);
      expect([users, broadcasts]).toEqual([[], []]);
      for (const { url } of links) expect(url).toMatch(/^https:\/\/github\.com\//);
    }
    const shown = JSON.stringify(said);
    expect(shown).toContain("&lt;!channel&gt;");
    expect(shown).not.toMatch(/<https:\/\/evil|<!channel>|<@U0LENA>/);
  });

  // elastic/kibana#73061, huggingface/peft#1251
  it("among 900 others does not make the message too long: the rest is counted", async () => {
    const name = `${"shard ".repeat(40)}🎉🎉 <!here> \\|`;
    const rows = Array.from({ length: 900 }, (_, n) => `| [${name} ${n}](${page}/${n}) | failure |`);
    expect((await deliver("check_run", "many", withJobs(1, text(...rows)))).status).toBe(202);
    const [alert] = await channel();
    expect(alert?.thread?.[0]?.says).toMatch(/… and \d+ more/);
    const event = (await started.suite.local.events()).find(({ id }) => id === "many");
    expect(event?.subscribers.map(({ outcome, attempts }) => `${outcome} ${attempts}`)).toEqual(
      event?.subscribers.map(() => "acknowledged 1"),
    );
  });
});
