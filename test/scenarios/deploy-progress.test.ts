import { PubSub } from "@google-cloud/pubsub";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SlackFault } from "../../infra/emulators/slack/faults.ts";
import { mentionsIn } from "../../infra/emulators/slack/mentions-in.ts";
import { listSubscribers, readFunctions } from "../../infra/manifests/read-functions.ts";
import { database } from "../../shared/database/database.ts";
import { saveMember, setPreferences } from "../../shared/database/users.ts";
import { processDeadLetters } from "../../shared/dead-letters/replay.ts";
import { REPLAY_FOR } from "../../shared/pubsub/message.ts";
import { colors } from "../../shared/slack/slack-message.ts";
import {
  type DeploySuite,
  jonas,
  mira,
  type Report,
  seen,
  startDeploySuite,
} from "../support/deploy-suite.ts";

let suite: DeploySuite;
beforeAll(async () => {
  suite = await startDeploySuite();
});
afterEach(() => {
  suite.slack.faults.clear();
  suite.github.faults.clear();
});
afterAll(() => suite.stop());

let lastNumber = 0;
/** A commit that was announced to its author as ready, and a deploy that contains it. */
async function story(changes: Partial<Report> = {}) {
  const previousSha = suite.commit();
  const sha = suite.commit();
  await suite.pass(sha);
  const deploy = { number: ++lastNumber, sha, previousSha, ...changes };
  return {
    sha,
    previousSha,
    number: deploy.number,
    report: (status: Report["status"], more: Partial<Report> = {}) =>
      suite.report({ ...deploy, status, ...more }),
    message: () => suite.messagesAbout(sha)[0],
    texts: () => suite.messagesAbout(sha).map(({ text }) => text.split(" ").slice(3).join(" ")),
    replies: () => suite.repliesTo(suite.messagesAbout(sha).at(-1)),
  };
}
const which = (number: number) =>
  `(<https://freight.getsentry.net/deploys/getsentry/production/${number}|#${number}>)`;
const buttons = ["[Deploy]", "[View undeployed commits]", "[Mute]"];

describe("the message about a commit", () => {
  it("shows its author each step in colour; once deployed, a reply mentions the author and links the release", async () => {
    const { report, message, replies, number, sha } = await story();
    const steps = [];
    for (const status of ["queued", "started", "finished"] as const) {
      await report(status);
      const { color, lines } = seen(message());
      steps.push({ text: message()?.text.split(" ").slice(3).join(" "), color, last: lines.at(-1) });
    }
    expect(steps).toEqual([
      {
        text: "is queued to be deployed",
        color: colors.neutral,
        last: `You have queued this commit ${which(number)}`,
      },
      {
        text: "is being deployed",
        color: colors.lightGreen,
        last: `You are deploying this commit ${which(number)}`,
      },
      {
        text: "has been deployed",
        color: colors.green,
        last: `You deployed this commit ${which(number)} in 5 min 33 s`,
      },
    ]);
    expect(replies()).toMatchObject([{ channel: "D0MIRA", thread_ts: message()?.ts }]);
    expect(mentionsIn(replies()[0] ?? {})).toEqual({
      users: ["U0MIRA"],
      broadcasts: [],
      links: [
        { url: `https://sentry.io/organizations/sentry/releases/${sha}/?project=11276`, text: "javascript" },
        { url: `https://sentry.io/organizations/sentry/releases/${sha}/?project=1`, text: "sentry" },
      ],
    });
  });

  it.each([
    [jonas.email, "Jonas Lindqvist"],
    ["olga@agency.example", "olga@agency.example"],
    ["<!here> & co", "&lt;!here&gt; &amp; co"],
    [null, "Somebody"],
  ])("names the person that Freight calls %s", async (user, name) => {
    const { report, message, number } = await story({ user });
    await report("started");
    expect(seen(message()).lines.at(-1)).toBe(`${name} is deploying this commit ${which(number)}`);
  });

  it("quotes Freight when the deploy fails and shows its buttons again; the next attempt replaces the failure", async () => {
    const { report, message, number } = await story();
    await report("started");
    expect(seen(message()).lines).not.toContain("[Deploy]");
    const title = `[getsentry/production] Failed to finish <@U123>'s deploy <https://freight/13|#13> (9d0e3b7)`;
    await report("failed", { title });
    expect(seen(message())).toMatchObject({ color: colors.red });
    expect(seen(message()).lines.slice(-4)).toEqual([
      "[getsentry/production] Failed to finish &lt;@U123&gt;'s deploy <https://freight/13|#13> (9d0e3b7)",
      ...buttons,
    ]);
    await report("canceled", { number: ++lastNumber });
    expect(seen(message())).toMatchObject({ color: colors.neutral });
    expect(seen(message()).lines.slice(-4)).toEqual([`Deploy ${which(number + 1)} was canceled`, ...buttons]);
    await report("queued", { number: ++lastNumber });
    expect(seen(message()).lines.at(-1)).toBe(`You have queued this commit ${which(number + 2)}`);
  });

  it("changes for all commits that a deploy contains, and for no others", async () => {
    const shas = Array.from({ length: 6 }, (_, index) => suite.commit({ author: index % 2 ? jonas : mira }));
    for (const sha of shas) await suite.pass(sha);
    const [, previousSha = "", , , sha = ""] = shas;
    await suite.report({ number: ++lastNumber, status: "finished", sha, previousSha });
    const messages = shas.map((own) => suite.messagesAbout(own)[0]);
    expect(messages.map((message) => seen(message).color)).toEqual(
      ["neutral", "neutral", "green", "green", "green", "neutral"].map(
        (color) => colors[color as keyof typeof colors],
      ),
    );
    expect(messages.map((message) => suite.repliesTo(message).length)).toEqual([0, 0, 1, 1, 1, 0]);
    expect(suite.repliesTo(messages[3])[0]).toMatchObject({
      channel: "D0JONAS",
      text: expect.stringMatching(/^<@U0JONAS> /),
    });
  });

  it.each([
    ["of another app", { app_name: "relay" }],
    ["to another environment", { environment: "staging" }],
    ["of nothing known", { sha: null as unknown as string }],
  ])("does not change for a deploy %s", async (_, changes) => {
    const { report, texts } = await story(changes);
    await report("finished");
    expect(texts()).toEqual(["is ready to deploy"]);
  });
});

describe("events in any order", () => {
  it.each<[Report["status"][], string, number]>([
    [["finished", "started", "queued"], "has been deployed", 1],
    [["started", "finished", "queued"], "has been deployed", 1],
    [["finished", "failed"], "has been deployed", 1],
    [["canceled", "started", "queued"], "was not deployed: the deploy was canceled", 0],
    [["failed", "queued"], "was not deployed: the deploy failed", 0],
  ])("%j: %s, %i replies", async (statuses, text, replied) => {
    const { report, texts, replies } = await story();
    for (const status of statuses) await report(status);
    expect(texts()).toEqual([text]);
    expect(replies()).toHaveLength(replied);
  });

  it("simultaneous events leave a deployed commit deployed, and announce it once", async () => {
    for (let round = 0; round < 3; round++) {
      const { sha, previousSha, number, texts, replies } = await story();
      await Promise.all(
        (["queued", "started", "finished"] as const).map((status) =>
          suite.sendReport({ number, status, sha, previousSha }),
        ),
      );
      await suite.settled();
      expect(texts()).toEqual(["has been deployed"]);
      expect(replies()).toHaveLength(1);
    }
  });

  it("a deployed commit stays deployed and is announced once, whatever its other deploys report", async () => {
    const { report, message, texts, replies, number } = await story();
    lastNumber += 2;
    await report("finished", { number: number + 1 });
    for (const [other, status] of [
      [number, "started"],
      [number, "failed"],
      [number, "finished"],
      [number + 2, "queued"],
      [number + 2, "failed"],
      [number + 2, "finished"],
    ] as const)
      await report(status, { number: other });
    expect(texts()).toEqual(["has been deployed"]);
    expect(seen(message()).lines.at(-1)).toContain(which(number + 1));
    expect(replies()).toHaveLength(1);
  });
});

describe("a deploy", () => {
  it("without a previous deploy contains the deployed commit", async () => {
    const { report, texts } = await story({ previousSha: null });
    await report("finished");
    expect(texts()).toEqual(["has been deployed"]);
  });

  it("to an older commit changes nothing", async () => {
    const { sha, previousSha, report, texts } = await story();
    await report("finished", { sha: previousSha, previousSha: sha });
    expect(texts()).toEqual(["is ready to deploy"]);
  });

  it("after a commit that GitHub does not know contains the deployed commit, and is not retried", async () => {
    const { report, texts } = await story({ previousSha: "0".repeat(40) });
    const id = await report("finished");
    expect(await suite.outcome(id, "deploy-progress")).toEqual({ outcome: "acknowledged", attempts: 1 });
    expect(texts()).toEqual(["has been deployed"]);
  });

  it("is announced when GitHub responds again", async () => {
    const { report, texts } = await story();
    suite.github.faults.add({ path: "/compare/", kind: "drop", times: 1 });
    await report("started");
    expect(texts()).toEqual(["is being deployed"]);
  });
});

describe("a person who muted notifications", () => {
  it("sees the outcome in the message, gets no notification, and has the button to un-mute", async () => {
    const { report, message, texts, replies } = await story();
    const { id } = await saveMember(database(), { slackUser: "U0MIRA", email: mira.email });
    await setPreferences(database(), id, { deployNotifications: "off" });
    await report("failed");
    expect(seen(message()).lines.at(-1)).toBe("[Un-mute]");
    await report("finished", { number: ++lastNumber });
    await setPreferences(database(), id, { deployNotifications: "on" });
    expect(texts()).toEqual(["has been deployed"]);
    expect(replies()).toEqual([]);
  });
});

describe("the same event", () => {
  it("produces one reply when it is delivered five times, in sequence and concurrently", async () => {
    const { sha, previousSha, number, replies, texts } = await story();
    const deliver = () => suite.sendReport({ number, status: "finished", sha, previousSha });
    for (let time = 0; time < 5; time++) await deliver();
    await suite.settled();
    await Promise.all(Array.from({ length: 5 }, deliver));
    await suite.settled();
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);

    const other = await story();
    const others = { number: other.number, sha: other.sha, previousSha: other.previousSha };
    await Promise.all(Array.from({ length: 5 }, () => suite.sendReport({ ...others, status: "finished" })));
    await suite.settled();
    expect([other.texts(), other.replies().length]).toEqual([["has been deployed"], 1]);
  });

  it("finds its reply again when Slack's response was lost", async () => {
    const { report, texts, replies } = await story();
    suite.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    const id = await report("finished");
    expect(await suite.outcome(id, "deploy-progress")).toEqual({ outcome: "acknowledged", attempts: 2 });
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);
  });

  it("repeats its change when Slack's response was lost", async () => {
    const { report, texts, replies } = await story();
    suite.slack.faults.add({ method: "chat.update", kind: "drop-after", times: 1 });
    await report("finished");
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);
  });
});

describe("when Slack", () => {
  it.each<[string, Omit<SlackFault, "method">, number]>([
    ["limits the rate for a moment, that is waited for", { kind: "rate-limit", retryAfter: 1, times: 1 }, 1],
    ["limits the rate for long, the event comes again", { kind: "rate-limit", retryAfter: 60, times: 1 }, 2],
    ["breaks off, the event comes again", { kind: "drop-before", times: 1 }, 2],
  ])("%s", async (_, fault, attempts) => {
    const { report, texts, replies } = await story();
    suite.slack.faults.add({ method: "chat.update", ...fault });
    const id = await report("finished");
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);
    expect(await suite.outcome(id, "deploy-progress")).toEqual({ outcome: "acknowledged", attempts });
  });

  it("no longer finds a message, it is posted again once and changed there from then on", async () => {
    const { sha, report, message, texts, replies } = await story();
    const { messages } = suite.slack.workspace;
    messages.splice(
      messages.findIndex(({ ts }) => ts === message()?.ts),
      1,
    );
    suite.slack.faults.add({ method: "chat.postMessage", kind: "drop-after", times: 1 });
    await report("started");
    expect(texts()).toEqual(["is being deployed"]);
    await report("finished");
    expect(suite.messagesAbout(sha)).toHaveLength(1);
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);
  });

  it("fails on one person's message, the others get theirs, and nothing is posted twice", async () => {
    const [previousSha, ...shas] = Array.from({ length: 4 }, () => suite.commit());
    for (const sha of shas) await suite.pass(sha);
    suite.slack.faults.add({ method: "chat.update", kind: "error", error: "internal_error", times: 1 });
    const before = suite.slack.calls().length;
    const id = await suite.report({
      number: ++lastNumber,
      status: "finished",
      sha: shas.at(-1) ?? "",
      previousSha: previousSha ?? "",
    });
    expect(await suite.outcome(id, "deploy-progress")).toEqual({ outcome: "acknowledged", attempts: 2 });
    for (const sha of shas) expect(suite.repliesTo(suite.messagesAbout(sha)[0])).toHaveLength(1);
    const updates = suite.slack.calls().slice(before);
    expect(updates.filter(({ method }) => method === "chat.update")).toHaveLength(4);
  });

  it("refuses the token, the event ends on the dead-letter topic, and its replay to this subscriber alone completes it", async () => {
    const { report, texts, replies } = await story();
    suite.slack.faults.add({ method: "chat.update", kind: "error", error: "invalid_auth" });
    const id = await report("finished");
    expect(await suite.outcome(id, "deploy-progress")).toEqual({ outcome: "dead-lettered", attempts: 5 });
    suite.slack.faults.clear();
    const subscribers = listSubscribers(await readFunctions());
    const pubsub = new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" });
    const selection = { subscriber: "deploy-progress" };
    const options = { subscribers, selection, replay: true, emptyPulls: 1 };
    expect(await processDeadLetters(pubsub, options)).toMatchObject([{ event: id }]);
    await pubsub.close();
    await expect.poll(() => replies().length).toBe(1);
    await suite.settled();
    expect([texts(), replies().length]).toEqual([["has been deployed"], 1]);
    const replayed = suite.deliveryLog
      .history(id)
      .pushes.filter(({ attributes }) => REPLAY_FOR in attributes);
    expect(replayed.map(({ subscription, outcome }) => [subscription, outcome])).toEqual([
      ["deploy-progress-replay", "acknowledged"],
    ]);
  });
});
