import { describe, expect, it } from "vitest";
import { checkAttachments } from "../../infra/emulators/slack/block-kit/check-attachments.ts";
import { checkBlocks } from "../../infra/emulators/slack/block-kit/check-blocks.ts";
import { mentionsIn } from "../../infra/emulators/slack/mentions-in.ts";
import { config } from "../../test/support/getsentry.ts";
import type { DeployStatus } from "../events/deployment.ts";
import type { CommitDetails } from "../github/commits.ts";
import {
  type CommitDeploy,
  type DeployReadyContext,
  deployLine,
  deployReadyMessage,
  formatDuration,
  freightTitle,
} from "./deploy-ready-message.ts";
import { colors } from "./slack-message.ts";

const sha = "9d0e3b7a5f2c4e6188a1b3c5d7e9f1a2b4c6d8e0";
const commit: CommitDetails = {
  repository: "getsentry/sentry",
  sha: "6d225cb63aabb2b0e2a1d0a5f7c8d9e0f1a2b3c4",
  title: "feat(alerts): Let a rule snooze",
  body: "Until the hour is over.",
  url: "https://github.com/getsentry/sentry/commit/6d225cb63aabb2b0e2a1d0a5f7c8d9e0f1a2b3c4",
  author: {
    login: "mira-okafor",
    name: "Mira Okafor",
    email: "mira.okafor@sentry.io",
    avatarUrl: "https://avatars.githubusercontent.com/mira-okafor",
  },
};
const ready: DeployReadyContext = { sha, commit, recipient: "U0MIRA", muted: false, deploy: null };
const deploy = (status: DeployStatus): CommitDeploy => ({
  number: 13,
  status,
  link: "https://freight.example.com/13",
  title: "Failed to finish",
  duration: 60,
  deployer: { name: "Mira Okafor", slackUser: "U0MIRA" },
});

interface RenderedMessage {
  text: string;
  attachments: { color: string; blocks: { type: string; elements?: Record<string, unknown>[] }[] }[];
}
const draw = (state: Partial<DeployReadyContext>) =>
  deployReadyMessage({ ...ready, ...state }, config.services);
const blocksOf = (state: Partial<DeployReadyContext>) =>
  (draw(state) as unknown as RenderedMessage).attachments.flatMap(({ blocks }) => blocks);
const buttonsOf = (state: Partial<DeployReadyContext>) =>
  blocksOf(state).find(({ type }) => type === "actions")?.elements ?? [];

describe("a commit that is ready to deploy", () => {
  it("has its author, and buttons to deploy it, to view undeployed commits, and to mute", () => {
    expect(draw({})).toEqual({
      text: "Your commit 6d225cb is ready to deploy",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: `Your commit <${commit.url}|\`6d225cb\`> is ready to deploy`,
            verbatim: true,
          },
        },
      ],
      attachments: [
        {
          color: colors.neutral,
          blocks: [
            {
              type: "section",
              text: {
                type: "mrkdwn",
                text: `*<${commit.url}|${commit.title}>*\n${commit.body}`,
                verbatim: true,
              },
            },
            {
              type: "context",
              elements: [
                { type: "image", image_url: commit.author.avatarUrl, alt_text: "mira-okafor" },
                { type: "mrkdwn", text: "<https://github.com/mira-okafor|mira-okafor>", verbatim: true },
              ],
            },
            {
              type: "context",
              elements: [
                {
                  type: "mrkdwn",
                  text: expect.stringMatching(
                    /^You get this because .* `deploy notifications off` to this app/,
                  ),
                  verbatim: true,
                },
              ],
            },
            { type: "actions", block_id: "please-deploy", elements: buttonsOf({}) },
          ],
        },
      ],
    });
    expect(buttonsOf({})).toMatchObject([
      {
        text: { text: "Deploy" },
        style: "primary",
        url: "https://freight.getsentry.net/deploy?app=getsentry",
      },
      { text: { text: "View undeployed commits" }, value: `${sha} getsentry` },
      { text: { text: "Mute" }, confirm: { text: { text: expect.stringContaining("To undo it") } } },
    ]);
  });

  it("has a button to un-mute for an author who has muted", () => {
    expect(buttonsOf({ muted: true })[2]).toMatchObject({ text: { text: "Un-mute" } });
    expect(buttonsOf({ muted: true })[2]).not.toHaveProperty("confirm");
  });
});

describe("a commit in a deploy", () => {
  it.each<[DeployStatus, string, keyof typeof colors, boolean]>([
    ["queued", "is queued to be deployed", "neutral", false],
    ["started", "is being deployed", "lightGreen", false],
    ["finished", "has been deployed", "green", false],
    ["failed", "was not deployed: the deploy failed", "red", true],
    ["canceled", "was not deployed: the deploy was canceled", "neutral", true],
  ])("that is %s %s, in %s, with buttons: %s", (status, predicate, color, buttons) => {
    const message = draw({ deploy: deploy(status) });
    expect(message.text).toBe(`Your commit 6d225cb ${predicate}`);
    expect(message).toMatchObject({
      blocks: [{ text: { text: expect.stringMatching(`${predicate}$`) } }],
      attachments: [{ color: colors[color] }],
    });
    expect(blocksOf({ deploy: deploy(status) }).map(({ type }) => type)).toEqual([
      "section",
      "context",
      "context",
      "context",
      ...(buttons ? ["actions"] : []),
    ]);
  });
});

describe("any text of a commit", () => {
  const nasty = "<!channel> <@U123> & <script> ";
  const states: (DeployStatus | null)[] = [null, "queued", "started", "finished", "failed", "canceled"];
  const texts = {
    nothing: "",
    nasty,
    "10,000 characters": nasty.repeat(334),
    "10,000 emoji": "😀".repeat(5000),
  };
  const rows = Object.entries(texts).flatMap(([name, text]) =>
    states.map((status) => ({ name, text, status })),
  );

  it.each(rows)("makes a valid message without mentions: $name, $status", ({ text, status }) => {
    const author = { login: null, name: text, email: null, avatarUrl: commit.author.avatarUrl };
    const message = draw({
      commit: { ...commit, title: text, body: text, author },
      deploy: status && { ...deploy(status), title: text, deployer: { name: text, slackUser: null } },
    });
    expect(checkBlocks(message.blocks ?? [])).toEqual([]);
    expect(checkAttachments(message.attachments ?? [])).toEqual([]);
    expect(JSON.stringify(message).length).toBeLessThan(13_200);
    const { users, broadcasts } = mentionsIn(message as Parameters<typeof mentionsIn>[0]);
    expect([users, broadcasts]).toEqual([[], []]);
  });
});

const page = "https://freight.example.com/deploys/getsentry/production/13";
const mira = { name: "Mira Okafor", slackUser: "U0MIRA" };
const started: CommitDeploy = {
  number: 13,
  status: "started",
  link: page,
  title: "",
  duration: null,
  deployer: { name: "Jonas Lindqvist", slackUser: "U0JONAS" },
};
const line = (changes: Partial<CommitDeploy>) => deployLine({ ...started, ...changes }, "U0MIRA");
const which = `(<${page}|#13>)`;

describe("deployLine", () => {
  it.each<[Partial<CommitDeploy>, string]>([
    [{ status: "queued" }, `Jonas Lindqvist has queued this commit ${which}`],
    [{ status: "started" }, `Jonas Lindqvist is deploying this commit ${which}`],
    [{ status: "finished", duration: 492 }, `Jonas Lindqvist deployed this commit ${which} in 8 min 12 s`],
    [{ status: "finished" }, `Jonas Lindqvist deployed this commit ${which}`],
    [{ status: "queued", deployer: mira }, `You have queued this commit ${which}`],
    [{ status: "started", deployer: mira }, `You are deploying this commit ${which}`],
    [
      { status: "finished", deployer: mira, duration: 59.6 },
      `You deployed this commit ${which} in 1 min 0 s`,
    ],
    [
      { deployer: { name: "deploy <!here>", slackUser: null } },
      `deploy &lt;!here&gt; is deploying this commit ${which}`,
    ],
    [{ deployer: null }, `Somebody is deploying this commit ${which}`],
    [{ link: null }, "Jonas Lindqvist is deploying this commit (#13)"],
    [{ status: "canceled", title: "not this" }, `Deploy ${which} was canceled`],
    [{ status: "failed" }, `Deploy ${which} failed`],
    [{ status: "failed", title: " " }, `Deploy ${which} failed`],
    [{ status: "failed", title: `Failed to finish <${page}|#13>` }, `Failed to finish <${page}|#13>`],
  ])("describes %j as %s", (changes, text) => {
    expect(line(changes)).toEqual({ type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] });
  });
});

describe("freightTitle", () => {
  it.each([
    ["", ""],
    [`[getsentry/production] <${page}|#13> (9d0e3b7)`, `[getsentry/production] <${page}|#13> (9d0e3b7)`],
    ["<!channel> <@U123> & <script>", "&lt;!channel&gt; &lt;@U123&gt; &amp; &lt;script&gt;"],
    [`<${page}|<!channel>>`, `&lt;${page}|&lt;!channel&gt;&gt;`],
    [`<${page}|a & b> c`, `<${page}|a &amp; b> c`],
    ["<mailto:x@y.z|mail>", "&lt;mailto:x@y.z|mail&gt;"],
  ])("keeps only links to web pages in %j", (title, expected) => {
    expect(freightTitle(title)).toBe(expected);
  });

  it("cuts a title between characters", () => {
    expect(freightTitle(`${"x".repeat(499)}\u{1F600}`)).toBe("x".repeat(499));
  });

  it("cuts a title of 10,000 characters, without mentions in it", () => {
    const text = freightTitle(`${"<!channel> & ".repeat(770)}<${page}|#13>`);
    expect(text.length).toBeLessThan(3000);
    expect(mentionsIn({ text })).toEqual({ users: [], broadcasts: [], links: [] });
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [45.4, "45 s"],
    [60, "1 min 0 s"],
    [333.31, "5 min 33 s"],
    [3599.6, "1 h 0 min"],
    [3780, "1 h 3 min"],
    [-5, "0 s"],
  ])("formats %s s as %s", (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
