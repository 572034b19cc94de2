import { describe, expect, it } from "vitest";
import { mentionsIn } from "../../../infra/emulators/slack/mentions-in.ts";
import { deployLine, formatDuration, freightTitle } from "./deploy-line.ts";
import type { CommitDeploy } from "./deploy-ready-context.ts";

const page = "https://freight.example.com/deploys/getsentry/production/13";
const mira = { name: "Mira Okafor", slackUser: "U0MIRA" };
const deploy: CommitDeploy = {
  number: 13,
  status: "started",
  link: page,
  title: "",
  duration: null,
  deployer: { name: "Jonas Lindqvist", slackUser: "U0JONAS" },
};
const line = (changes: Partial<CommitDeploy>) => deployLine({ ...deploy, ...changes }, "U0MIRA");
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
