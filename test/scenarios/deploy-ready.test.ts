import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { SlackFault } from "../../infra/emulators/slack/faults.ts";
import { mentionsIn } from "../../infra/emulators/slack/mentions-in.ts";
import { workspaceUser } from "../../infra/local/seed/slack.ts";
import { database } from "../../shared/database/database.ts";
import { findUserBySlackId, linkGitHub, saveMember, setPreferences } from "../../shared/database/users.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import type { CheckRun } from "../support/check-run-delivery.ts";
import { type DeploySuite, jonas, mira, seen, startDeploySuite } from "../support/deploy-suite.ts";

let suite: DeploySuite;
const logged: string[] = [];
beforeAll(async () => {
  process.env.LOG_LEVEL = "INFO";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => logged.push(String(text)) > 0);
  suite = await startDeploySuite();
});
afterEach(() => {
  suite.slack.faults.clear();
  suite.github.faults.clear();
});
afterAll(async () => {
  await suite.stop();
  vi.restoreAllMocks();
});

const said = (sha: string) => suite.messagesAbout(sha);
const outside = (login: string, name: string, email: string) => ({ author: { login, name, email } });
function mergePullRequest(number: number, sha: string, author: string) {
  const head = { headSha: "e".repeat(40), headBranch: `feat/${number}`, baseSha: sha };
  const merged = { sha, at: "2026-11-02T12:00:00Z" };
  suite.github.state.repositories
    .find(({ fullName }) => fullName === "getsentry/getsentry")
    ?.pullRequests.push({ number, title: "feat: Mine", author, ...head, merged });
}

describe("a commit that passes the required check", () => {
  it("is announced to its author in a direct message, with buttons", async () => {
    const sha = suite.commit({ message: "feat: Snooze <it>\n\nUntil the hour is over." });
    await suite.pass(sha);
    expect(said(sha)).toHaveLength(1);
    const url = `https://github.com/getsentry/getsentry/commit/${sha}`;
    expect(seen(said(sha)[0])).toEqual({
      channel: "D0MIRA",
      color: colors.neutral,
      lines: [
        `Your commit <${url}|\`${sha.slice(0, 7)}\`> is ready to deploy`,
        `*<${url}|feat: Snooze &lt;it&gt;>*\nUntil the hour is over.`,
        "<https://github.com/mira-okafor|mira-okafor>",
        expect.stringContaining("You get this because the commit is yours"),
        "[Deploy]",
        "[View undeployed commits]",
        "[Mute]",
      ],
    });
    expect(JSON.stringify(said(sha)[0])).toContain(`"value":"${sha}"`);
    expect(await findUserBySlackId(database(), "U0MIRA")).toMatchObject({ email: mira.email });
  });

  it("as a bump by the bot is announced as its upstream commit, to the author of that commit", async () => {
    const upstream = suite.commit({ message: "fix: Upstream", author: jonas }, "getsentry/sentry");
    const bot = outside("getsentry-bot", "getsentry-bot", "bot@sentry.io");
    const sha = suite.commit({ message: `getsentry/sentry@${upstream}\n\nfix: Upstream`, ...bot });
    await suite.pass(sha);
    expect(seen(said(upstream)[0])).toMatchObject({
      channel: "D0JONAS",
      lines: expect.arrayContaining([
        `*<https://github.com/getsentry/sentry/commit/${upstream}|fix: Upstream>*`,
      ]),
    });
    expect(JSON.stringify(said(upstream)[0])).toContain(`"value":"${sha}"`);
  });

  it("is announced to the member linked to its GitHub login, whatever the commit's e-mail address", async () => {
    const { id } = await saveMember(database(), { slackUser: "U0LENA", email: "lena.fischer@sentry.io" });
    await linkGitHub(database(), id, "lena-codes");
    const sha = suite.commit(outside("Lena-Codes", "Lena", "1+lena@users.noreply.github.com"));
    await suite.pass(sha);
    expect(said(sha)).toMatchObject([{ channel: "D0LENA" }]);
  });

  it("is announced to its co-authors too, each once", async () => {
    const message = `feat: Pair\n\nCo-authored-by: Jonas <${jonas.email}>\nCo-authored-by: Mira <${mira.email}>`;
    const sha = suite.commit({ message });
    await suite.pass(sha);
    await suite.pass(sha);
    expect(
      said(sha)
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(["D0JONAS", "D0MIRA"]);
  });

  it("is announced to the author of its pull request, not to who squashed it", async () => {
    const { id } = await saveMember(database(), { slackUser: "U0JONAS", email: jonas.email });
    await linkGitHub(database(), id, jonas.login);
    const sha = suite.commit();
    mergePullRequest(31_001, sha, jonas.login);
    await suite.pass(sha);
    expect(said(sha)).toMatchObject([{ channel: "D0JONAS" }]);
  });

  it.each([
    ["whom Slack does not know", 31_002, "stranger"],
    ["who is a bot", 31_003, "backport[bot]"],
  ])("is announced to its own author if its pull request is by somebody %s", async (_, number, login) => {
    const sha = suite.commit();
    mergePullRequest(number, sha, login);
    await suite.pass(sha);
    expect(said(sha)).toMatchObject([{ channel: "D0MIRA" }]);
  });

  it.each<[string, Parameters<DeploySuite["commit"]>[0], string]>([
    ["a bot", outside("renovate[bot]", "Renovate", "bot@renovate.example"), "made by a bot"],
    ["the bump bot's own", outside("getsentry-bot", "getsentry-bot", "bot@sentry.io"), "made by a bot"],
    ["nobody whom Slack knows", outside("ghost", "Ghost", "ghost@sentry.io"), "no member"],
    ["somebody at another domain", outside("noor", "Noor Haddad", "noor.haddad@agency.example"), "no member"],
    ["a guest", outside("petra", "Petra Blum", "petra.blum@sentry.io"), "no member"],
    ["somebody who left", outside("rasmus", "Rasmus Holm", "rasmus.holm@sentry.io"), "no member"],
    ["somebody who is not confirmed", outside("emil", "Emil Sand", "emil.sand@sentry.io"), "no member"],
  ])("by %s is announced to nobody, and the log says why", async (_, changes, reason) => {
    const sha = suite.commit(changes);
    const before = suite.slack.messages().length;
    const id = await suite.pass(sha);
    expect(suite.slack.messages()).toHaveLength(before);
    expect(await suite.outcome(id, "deploy-ready")).toEqual({ outcome: "acknowledged", attempts: 1 });
    expect(logged.some((line) => line.includes(reason) && line.includes(sha))).toBe(true);
  });

  it("by a member who has left since they were stored is announced to nobody", async () => {
    const left = workspaceUser("U0LEFT", "Olga Lind");
    suite.slack.workspace.users.push(left);
    const { id } = await saveMember(database(), { slackUser: "U0LEFT", email: "olga.lind@sentry.io" });
    await linkGitHub(database(), id, "olga");
    left.deleted = true;
    const sha = suite.commit(outside("olga", "Olga Lind", "olga.lind@sentry.io"));
    await suite.pass(sha);
    expect(said(sha)).toEqual([]);
  });

  it("is not announced to a member who muted notifications", async () => {
    const { id } = await saveMember(database(), { slackUser: "U0INES", email: "ines.duarte@sentry.io" });
    await setPreferences(database(), id, { deployNotifications: "off" });
    const changes = outside("ines-duarte", "Ines Duarte", "ines.duarte@sentry.io");
    const muted = suite.commit(changes);
    await suite.pass(muted);
    await setPreferences(database(), id, { deployNotifications: "on" });
    const announced = suite.commit(changes);
    await suite.pass(announced);
    expect([said(muted).length, said(announced).length]).toEqual([0, 1]);
    expect(logged.some((line) => line.includes("muted") && line.includes(muted))).toBe(true);
  });

  it.each<[string, Partial<CheckRun>]>([
    ["fails", { conclusion: "failure" }],
    ["is skipped", { conclusion: "skipped" }],
    ["is neutral", { conclusion: "neutral" }],
    ["repeats an old result", { action: "rerequested" }],
    ["passes another check", { name: "backend tests" }],
    ["passes on another branch", { branch: "feat/snooze" }],
    ["has only begun", { conclusion: null, action: "created" }],
  ])("is not announced when it %s", async (_, run) => {
    const sha = suite.commit();
    await suite.pass(sha, run);
    expect(said(sha)).toEqual([]);
  });

  it("is announced whatever the case of the repository's name", async () => {
    const sha = suite.commit();
    await suite.pass(sha, { repository: "GetSentry/getsentry" });
    expect(said(sha)).toHaveLength(1);
  });

  it("on a re-run is not announced again", async () => {
    const sha = suite.commit();
    await suite.pass(sha, { id: 1 });
    await suite.pass(sha, { id: 2 });
    expect(said(sha)).toHaveLength(1);
  });

  it("that GitHub does not know is announced to nobody, and not retried", async () => {
    const id = await suite.pass("0".repeat(40));
    expect(await suite.outcome(id, "deploy-ready")).toEqual({ outcome: "acknowledged", attempts: 1 });
  });

  it("is announced when GitHub responds again", async () => {
    suite.github.faults.add({ path: "/commits/", kind: "drop", times: 1 });
    const sha = suite.commit();
    await suite.pass(sha);
    expect(said(sha)).toHaveLength(1);
  });
});

describe("when Slack", () => {
  it.each<[string, Omit<SlackFault, "method">, number]>([
    ["limits the rate for a moment, that is waited for", { kind: "rate-limit", retryAfter: 1, times: 1 }, 1],
    ["limits the rate for long, the event comes again", { kind: "rate-limit", retryAfter: 60, times: 1 }, 2],
    ["breaks off before it posts, the event comes again", { kind: "drop-before", times: 1 }, 2],
    ["fails, the event comes again", { kind: "error", error: "internal_error", times: 1 }, 2],
  ])("%s", async (_, fault, attempts) => {
    suite.slack.faults.add({ method: "chat.postMessage", ...fault });
    const sha = suite.commit();
    const id = await suite.pass(sha);
    expect(said(sha)).toHaveLength(1);
    expect(await suite.outcome(id, "deploy-ready")).toEqual({ outcome: "acknowledged", attempts });
  });

  it.each([
    ["chat.postMessage", "channel_not_found", "create the channel"],
    ["chat.postMessage", "not_in_channel", "invite the bot"],
    ["chat.postMessage", "invalid_auth", "SLACK_BOT_USER_ACCESS_TOKEN"],
    ["users.info", "missing_scope", "add the scope"],
  ])(
    "%s responds %s, the event ends on the dead-letter topic, and the log says what to do",
    async (method, error, advice) => {
      suite.slack.faults.add({ method, kind: "error", error });
      logged.length = 0;
      const sha = suite.commit();
      const id = await suite.pass(sha);
      expect(await suite.outcome(id, "deploy-ready")).toEqual({ outcome: "dead-lettered", attempts: 5 });
      expect(said(sha)).toEqual([]);
      expect(logged.some((line) => line.includes(error) && line.includes(advice))).toBe(true);
    },
  );
});

describe("a commit that a production deploy", () => {
  it("already contains is announced to nobody", async () => {
    const [previousSha, sha, head] = [suite.commit(), suite.commit(), suite.commit()];
    await suite.report({ number: 8000, status: "finished", sha: head, previousSha });
    await suite.pass(sha);
    await suite.pass(head);
    expect([said(sha), said(head)]).toEqual([[], []]);
    const next = suite.commit();
    await suite.pass(next);
    expect(said(next)).toHaveLength(1);
  });

  it("in progress contains is announced as being deployed, and then as deployed", async () => {
    const [previousSha, sha, head] = [suite.commit(), suite.commit(), suite.commit()];
    await suite.report({ number: 8001, status: "started", sha: head, previousSha, user: jonas.email });
    await suite.pass(sha);
    const which = "(<https://freight.getsentry.net/deploys/getsentry/production/8001|#8001>)";
    expect(seen(said(sha)[0])).toMatchObject({ color: colors.lightGreen });
    expect(seen(said(sha)[0]).lines.at(-1)).toBe(`Jonas Lindqvist is deploying this commit ${which}`);
    await suite.report({ number: 8001, status: "finished", sha: head, previousSha, user: jonas.email });
    expect(seen(said(sha)[0])).toMatchObject({ color: colors.green });
    expect(suite.repliesTo(said(sha)[0])).toHaveLength(1);
  });

  it.each(["failed", "canceled"] as const)("failed to finish (%s) is announced as ready", async (status) => {
    const [previousSha, sha] = [suite.commit(), suite.commit()];
    await suite.report({ number: status === "failed" ? 8002 : 8003, status, sha, previousSha });
    await suite.pass(sha);
    expect(said(sha)[0]?.text).toContain("is ready to deploy");
  });

  it("starts to deploy while its message is being posted is shown as being deployed", async () => {
    const [previousSha, sha] = [suite.commit(), suite.commit()];
    suite.slack.faults.add({ method: "chat.postMessage", kind: "delay", delayMs: 1500, times: 1 });
    const before = suite.slack.calls().length;
    const passed = suite.pass(sha);
    await expect
      .poll(
        () =>
          suite.slack
            .calls()
            .slice(before)
            .map(({ method }) => method),
        { timeout: 20_000 },
      )
      .toContain("chat.postMessage");
    await suite.report({ number: 8005, status: "started", sha, previousSha });
    await passed;
    expect(said(sha).map(({ text }) => text)).toEqual([`Your commit ${sha.slice(0, 7)} is being deployed`]);
  });

  it("starts to deploy at the moment of the announcement is shown as being deployed", async () => {
    for (let round = 0; round < 5; round++) {
      const [previousSha, sha] = [suite.commit(), suite.commit()];
      await Promise.all([
        suite.pass(sha),
        suite.sendReport({ number: 8010 + round, status: "started", sha, previousSha }),
      ]);
      await suite.settled();
      expect(said(sha).map(({ text }) => text)).toEqual([`Your commit ${sha.slice(0, 7)} is being deployed`]);
    }
  });
});

describe("a commit message with", () => {
  const nasty = "<!channel> <@U123> & <script> ";
  it.each([
    ["something that looks like a ping", nasty],
    ["10,000 characters", nasty.repeat(334)],
    ["nothing", ""],
    ["nothing below its title", "fix: It"],
    ["nothing in its title", "\n\nfix: It"],
  ])("%s is announced and notifies nobody else", async (_, message) => {
    const sha = suite.commit({ message: `${message}\n\n${message}` });
    await suite.pass(sha);
    const [posted] = said(sha);
    expect(posted).toBeDefined();
    const { users, broadcasts } = mentionsIn(posted ?? {});
    expect([users, broadcasts]).toEqual([[], []]);
    expect(JSON.stringify(posted)).not.toContain("<script>");
  });
});
