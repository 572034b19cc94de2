import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Repository, WorkflowRun } from "../../infra/emulators/github/state.ts";
import { directMessage, homeOpened } from "../../infra/emulators/slack/interactions/callbacks.ts";
import { pressButton } from "../../infra/emulators/slack/interactions/press-button.ts";
import { database } from "../../shared/database/database.ts";
import { linkGitHub, saveMember } from "../../shared/database/users.ts";
import { withConversation } from "../support/slack-conversation.ts";

/** Pull requests of the GitHub emulator's seed: see openPullRequests. */
const [tested, finished, forked, orphaned] = [22_500, 22_501, 22_502, 22_503];
const conversation = withConversation();
let runs: WorkflowRun[];
beforeAll(async () => {
  runs = structuredClone(sentry().workflowRuns ?? []);
  const mira = await saveMember(database(), { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" });
  await linkGitHub(database(), mira.id, "mira-okafor");
});
beforeEach(() => {
  sentry().workflowRuns = structuredClone(runs);
});

function sentry(): Repository {
  const found = conversation.github.state.repositories.find(
    ({ fullName }) => fullName === "getsentry/sentry",
  );
  if (!found) throw new Error("The local GitHub has no getsentry/sentry");
  return found;
}

const urlOf = (number: number) => `https://github.com/getsentry/sentry/pull/${number}`;
const linkTo = (number: number) => `<${urlOf(number)}|getsentry/sentry#${number}>`;

/** Asks in a direct message. @returns the texts of the replies */
async function ask(text: string, { user = "U0MIRA", times = 1 } = {}): Promise<string[]> {
  const channel = `D${user.slice(1)}`;
  const before = conversation.said(channel).length;
  await conversation.say({ user, text, times });
  return conversation
    .said(channel)
    .slice(before)
    .map((message) => message.text);
}

const stillRunning = () =>
  (sentry().workflowRuns ?? [])
    .filter(({ status }) => status !== "completed")
    .map(({ name, headRepository }) => `${headRepository} ${name}`);

describe("gha cancel", () => {
  it("cancels incomplete runs of the pull request's branch, and not those of a fork's branch of that name", async () => {
    const [text, ...more] = await ask(`gha cancel <${urlOf(tested)}>`);
    expect(more).toEqual([]);
    expect(text).toMatch(`Cancelled 3 workflows of ${linkTo(tested)}: `);
    for (const name of ["backend", "acceptance", "getsentry dispatcher"]) expect(text).toContain(name);
    expect(stillRunning().sort()).toEqual(["sam-rivera/sentry backend", "sam-rivera/sentry frontend"]);
  });

  it("cancels a fork's runs, and not those of the organization's branch of that name", async () => {
    const [text] = await ask(`GHA  cancel <${urlOf(forked)}/files|the files>`);
    expect(text).toMatch(`Cancelled 2 workflows of ${linkTo(forked)}: `);
    expect(stillRunning()).toHaveLength(3);
  });

  it("replies at once in the thread of a mention, and then updates that reply", async () => {
    conversation.slack.faults.add({ method: "chat.update", kind: "delay", delayMs: 200 });
    const asked = await conversation.say({
      user: "U0MIRA",
      channel: "C0ENG",
      text: `<@U0BOT> gha cancel <${urlOf(tested)}>`,
    });
    const posted = conversation.slack.calls().findLast(({ method }) => method === "chat.postMessage");
    expect(posted?.arguments).toMatchObject({
      thread_ts: asked.ts,
      text: `Cancelling the workflows of ${linkTo(tested)} …`,
    });
    expect(conversation.said("C0ENG").filter(({ thread_ts }) => thread_ts === asked.ts)).toMatchObject([
      { text: expect.stringContaining("Cancelled 3 workflows"), edited: {} },
    ]);
  });

  it("finds runs on more than one page", async () => {
    const [run] = runs;
    if (!run) throw new Error("The local GitHub has no runs");
    const { headBranch = "", headSha = "" } =
      sentry().pullRequests.find(({ number }) => number === tested) ?? {};
    const queued = (n: number): WorkflowRun => ({
      ...run,
      id: 9_000_000 + n,
      name: "flood",
      headBranch,
      headSha,
      headRepository: n < 103 ? "sam-rivera/sentry" : "getsentry/sentry",
      status: "queued",
      conclusion: null,
    });
    sentry().workflowRuns?.unshift(...Array.from({ length: 105 }, (_, n) => queued(n)));
    const [text] = await ask(`gha cancel ${urlOf(tested)}`);
    expect(text).toMatch("Cancelled 5 workflows");
    expect(text).toContain("flood (2)");
  });

  it.each([
    ["nothing is left", `gha cancel ${urlOf(finished)}`, `No workflows to cancel for ${linkTo(finished)}`],
    ["the fork is gone", `gha cancel ${urlOf(orphaned)}`, `No workflows to cancel for ${linkTo(orphaned)}`],
    ["there is no such pull request", `gha cancel ${urlOf(999)}`, `Unable to find ${linkTo(999)}`],
    [
      "there is no such repository",
      "gha cancel https://github.com/getsentry/nothing/pull/1",
      "Unable to find <https://github.com/getsentry/nothing/pull/1|getsentry/nothing#1>",
    ],
    [
      "the repository is another organization's",
      "gha cancel https://github.com/octo-org/hello/pull/1",
      "I cancel workflows only in repositories of getsentry.",
    ],
  ])("explains when %s", async (_, text, reply) => {
    expect(await ask(text)).toEqual([reply]);
  });

  it.each(["gha cancel", "gha cancel 22500", "gha cancel &lt;!channel&gt;"])(
    "replies with its usage to %j",
    async (text) => {
      const [reply] = await ask(text);
      expect(reply).toMatch(/^Unable to find a pull request.*`gha cancel https:/);
      expect(reply).not.toContain("<!channel>");
    },
  );

  it("serves only members with a linked GitHub login", async () => {
    expect(await ask(`gha cancel ${urlOf(tested)}`, { user: "U0LENA" })).toEqual([
      expect.stringContaining("only for people whose GitHub login I know"),
    ]);
    expect(stillRunning()).toHaveLength(5);
  });

  it.each(["read", "none"] as const)(
    "cancels nothing for a login with the permission %s",
    async (permission) => {
      const repository = sentry();
      repository.permissions = { "mira-okafor": permission };
      const [text] = await ask(`gha cancel ${urlOf(tested)}`);
      delete repository.permissions;
      const refusal =
        permission === "none" ? "Unable to find" : "may write to getsentry/sentry. Your GitHub login";
      expect(text).toContain(refusal);
      expect(stillRunning()).toHaveLength(5);
    },
  );

  it("counts a run that ended meanwhile as cancelled", async () => {
    conversation.github.faults.add({ path: "/cancel", kind: "status", status: 409, times: 1 });
    const [text] = await ask(`gha cancel ${urlOf(tested)}`);
    expect(text).toMatch("Cancelled 3 workflows");
  });

  it("continues where it was interrupted, and reports the total", async () => {
    const run = runs.find(({ name }) => name === "acceptance");
    // A status that the client does not retry by itself.
    conversation.github.faults.add({ path: `/${run?.id}/cancel`, kind: "status", status: 422, times: 1 });
    const [text, ...more] = await ask(`gha cancel ${urlOf(tested)}`);
    expect(text).toMatch("Cancelled 3 workflows");
    expect(more).toEqual([]);
  });

  it("posts one message when Slack sends the command five times at once and loses its response", async () => {
    conversation.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    const replies = await ask(`gha cancel ${urlOf(tested)}`, { times: 5 });
    expect(replies).toEqual([expect.stringContaining("Cancelled 3 workflows")]);
  });

  it("posts its reply again when the message was deleted", async () => {
    conversation.slack.faults.add({
      method: "chat.update",
      kind: "error",
      error: "message_not_found",
      times: 1,
    });
    const replies = await ask(`gha cancel ${urlOf(finished)}`);
    expect(replies).toEqual([
      `Cancelling the workflows of ${linkTo(finished)} …`,
      `No workflows to cancel for ${linkTo(finished)}`,
    ]);
  });
});

describe("a request that is replayed after two hours", () => {
  const late = /within an hour, so I do not do it any more/;
  const texts = (channel: string) => conversation.said(channel).map(({ text }) => text);
  function asked(user: string, text: string) {
    return directMessage(conversation.slack.workspace, conversation.slack.write({ user, text }));
  }

  it("is not carried out, and the person is told once", async () => {
    const before = texts("D0MIRA").length;
    const body = asked("U0MIRA", `gha cancel ${urlOf(tested)}`);
    await conversation.replayLate(body);
    await conversation.replayLate(body);
    expect(texts("D0MIRA").slice(before)).toEqual([expect.stringMatching(late)]);
    expect(stillRunning()).toHaveLength(5);
  });

  it("does not continue if it was begun, and its message says so", async () => {
    conversation.github.faults.add({ path: "/cancel", kind: "status", status: 422 });
    const before = texts("D0MIRA").length;
    const body = asked("U0MIRA", `gha cancel ${urlOf(tested)}`);
    await conversation.deliver(body);
    expect(texts("D0MIRA").slice(before)).toEqual([expect.stringContaining("Cancelling the workflows")]);
    conversation.github.faults.clear();
    await conversation.replayLate(body);
    expect(texts("D0MIRA").slice(before)).toEqual([expect.stringMatching(late)]);
    expect(stillRunning()).toHaveLength(5);
  });

  it("changes nothing if it was carried out in time", async () => {
    const before = texts("D0MIRA").length;
    const body = asked("U0MIRA", `gha cancel ${urlOf(tested)}`);
    await conversation.deliver(body);
    await conversation.replayLate(body);
    expect(texts("D0MIRA").slice(before)).toEqual([expect.stringContaining("Cancelled 3 workflows")]);
  });

  it("by a button is not carried out either, but App Home is shown", async () => {
    await conversation.replayLate(homeOpened(conversation.slack.workspace, { user: "U0TOMAS" }));
    const view = conversation.slack.views().find(({ user }) => user === "U0TOMAS");
    if (!view) throw new Error("App Home was not published");
    const triggerId = conversation.slack.issueTrigger("U0TOMAS");
    const press = { user: "U0TOMAS", actionId: "link-github", value: "tomas" };
    const { workspace } = conversation.slack;
    await conversation.replayLate(pressButton({ workspace, triggerId, view, ...press }));
    expect(texts("D0TOMAS")).toEqual([expect.stringMatching(late)]);
    expect(conversation.home("U0TOMAS")).not.toContain("You are linked");
  });
});
