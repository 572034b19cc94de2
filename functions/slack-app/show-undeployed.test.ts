import type { KnownBlock } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { checkView } from "../../infra/emulators/slack/block-kit/check-view.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { service } from "../../test/support/getsentry.ts";
import { MAX_LISTED, type Undeployed, undeployedView } from "./show-undeployed.ts";

const sha = "a".repeat(40);
const since = { number: 13, link: "https://freight.getsentry.net/deploys/getsentry/production/13" };

function commits(count: number, title = "fix: It"): CommitDetails[] {
  return Array.from({ length: count }, () => ({
    repository: "getsentry/sentry",
    sha: "b".repeat(40),
    title,
    body: "",
    url: `https://github.com/getsentry/sentry/commit/${"b".repeat(40)}`,
    author: { login: "mira-okafor", name: "Mira Okafor", email: null, avatarUrl: null },
  }));
}

function view(undeployed: Undeployed) {
  const drawn = undeployedView(sha, undeployed, service);
  const blocks = drawn.blocks as KnownBlock[];
  const texts = blocks.map((block) => (block.type === "section" ? block.text?.text : block.type));
  return { title: drawn.title.text, texts, problems: checkView(drawn, "modal") };
}

describe("the list of undeployed commits", () => {
  it.each([
    [0, "0 undeployed commits"],
    [1, "1 undeployed commit"],
    [12, "12 undeployed commits"],
    [9999, "9999 undeployed commits"],
  ])("shows the number in its title: %i", (total, title) => {
    const drawn = view({ state: "commits", since, total, commits: commits(Math.min(total, MAX_LISTED)) });
    expect(drawn).toMatchObject({ title, problems: [] });
  });

  it("shows title, author and sha of each commit, and the button at the end", () => {
    const { texts } = view({ state: "commits", since, total: 1, commits: commits(1) });
    expect(texts).toEqual([
      "Deploying <https://github.com/getsentry/getsentry/commit/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|`aaaaaaa`> would bring to production everything since the last deploy, <https://freight.getsentry.net/deploys/getsentry/production/13|#13>:",
      "*<https://github.com/getsentry/sentry/commit/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|fix: It>*\n<https://github.com/mira-okafor|mira-okafor> · <https://github.com/getsentry/sentry/commit/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|`bbbbbbb`>",
      "actions",
    ]);
  });

  it("shows how many commits did not fit", () => {
    const { texts, problems } = view({ state: "commits", since, total: 250, commits: commits(MAX_LISTED) });
    expect([texts.length, texts.at(-2), problems]).toEqual([100, `… and ${250 - MAX_LISTED} more`, []]);
  });

  it.each([
    ["<!channel> & <script>", "&lt;!channel&gt; &amp; &lt;script&gt;"],
    ["", "bbbbbbb"],
    ["x".repeat(10_000), `${"x".repeat(249)}…`],
  ])("escapes the title %.20s", (title, shown) => {
    const { texts, problems } = view({ state: "commits", since, total: 1, commits: commits(1, title) });
    expect(texts[1]).toContain(`|${shown}>*`);
    expect(problems).toEqual([]);
  });

  it.each([
    ["", "unknown"],
    ["<!here>", "&lt;!here&gt;"],
    ["y".repeat(10_000), `${"y".repeat(99)}…`],
  ])("escapes the name of an author without an account: %.20s", (name, shown) => {
    const [commit] = commits(1);
    if (!commit) throw new Error("commits(1) returned no commit");
    const author = { login: null, name, email: null, avatarUrl: null };
    const { texts, problems } = view({ state: "commits", since, total: 1, commits: [{ ...commit, author }] });
    expect(texts[1]).toContain(`\n${shown} · `);
    expect(problems).toEqual([]);
  });

  it.each<[string, Undeployed, string, boolean]>([
    ["nothing is undeployed", { state: "commits", since, total: 0, commits: [] }, "Nothing to deploy", false],
    ["no deploy is known", { state: "no-deploy" }, "No finished deploy to production is known", true],
    ["GitHub cannot compare the commits", { state: "no-comparison", since }, "GitHub cannot compare", true],
  ])("says so when %s", (_, undeployed, heading, button) => {
    const { texts, problems } = view(undeployed);
    expect(texts[0]).toContain(heading);
    expect(texts.includes("actions")).toBe(button);
    expect(problems).toEqual([]);
  });
});
