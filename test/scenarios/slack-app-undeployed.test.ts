import type { KnownBlock, ModalView } from "@slack/web-api";
import { beforeEach, describe, expect, it } from "vitest";
import type { LocalMessage, LocalView } from "../../infra/emulators/slack/workspace.ts";
import { database } from "../../shared/database/database.ts";
import { deploys } from "../../shared/database/schema.ts";
import { slackClient } from "../../shared/slack/call-slack.ts";
import { viewUndeployedButton } from "../../shared/slack/deploy-ready-buttons.ts";
import { service } from "../support/getsentry.ts";
import { withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();
beforeEach(() => database().delete(deploys));

function shaOf(index: number): string {
  const commits = conversation.github.state.repositories.find(
    ({ fullName }) => fullName === service.repository,
  )?.commits;
  return commits?.at(index)?.sha ?? "";
}

/** A production deploy of a commit. */
async function deployed(sha: string | null, status: "finished" | "failed" = "finished", number = 13) {
  await database()
    .insert(deploys)
    .values({
      externalId: number,
      app: "getsentry",
      environment: "production",
      status,
      title: "",
      link: `https://freight.getsentry.net/deploys/getsentry/production/${number}`,
      sha,
      finishedAt: new Date(),
    });
}

/** A direct message with the button, as under a commit that is ready to deploy. */
async function messageFor(sha: string): Promise<LocalMessage> {
  const slack = await slackClient();
  const blocks = [{ type: "actions" as const, elements: [viewUndeployedButton(sha, service)] }];
  const { ts } = await slack.chat.postMessage({ channel: "U0MIRA", text: "Ready", blocks });
  const message = conversation.slack.messages().find((candidate) => candidate.ts === ts);
  if (!message) throw new Error("The message was not posted");
  return message;
}

async function press(sha: string, times = 1, user = "U0MIRA") {
  await conversation.press(await messageFor(sha), {
    user,
    actionId: "view-undeployed-commits",
    times,
  });
}

/** Title and block texts of the modal that was opened last. */
function modal(): { title: string; texts: string[]; buttons: string[] } {
  const last = conversation.slack.views().findLast((view: LocalView) => view.type === "modal");
  const view = last?.view as unknown as ModalView;
  const blocks = view.blocks as KnownBlock[];
  return {
    title: view.title.text,
    texts: blocks.flatMap((block) => (block.type === "section" && block.text ? [block.text.text] : [])),
    buttons: blocks.flatMap((block) => (block.type === "actions" ? JSON.stringify(block.elements) : [])),
  };
}

describe("undeployed commits", () => {
  it("are those since the last finished deploy, newest first, with the upstream commits of bumps", async () => {
    await deployed(shaOf(-6));
    await deployed(shaOf(-2), "failed", 14);
    const before = conversation.github.calls().length;
    await press(shaOf(-1));
    const { title, texts, buttons } = modal();
    expect(title).toBe("5 undeployed commits");
    expect(texts[0]).toContain("/deploys/getsentry/production/13|#13>");
    // The newest is the deployed repository's own; the others are bumps.
    expect(texts.slice(1).map((text) => /getsentry\/(\w+)\/commit/.exec(text)?.[1])).toEqual([
      "getsentry",
      "sentry",
      "sentry",
      "sentry",
      "sentry",
    ]);
    for (const text of texts.slice(1))
      expect(text).toMatch(/^\*<.*>\*\n<https:\/\/github.com\/[a-z]+-[a-z]+\|/);
    expect(buttons).toEqual([
      expect.stringContaining('"url":"https://freight.getsentry.net/deploy?app=getsentry"'),
    ]);
    const asked = conversation.github
      .calls()
      .slice(before)
      .map(({ path }) => path);
    expect(asked.filter((path) => path.includes("/compare/"))).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith("/repos/getsentry/sentry/commits/"))).toHaveLength(4);
    expect(asked.filter((path) => path.startsWith("/repos/getsentry/getsentry/commits/"))).toEqual([]);
  });

  it("beyond the limit of a modal are counted, and the newest listed", async () => {
    const repository = conversation.github.state.repositories.find(
      ({ fullName }) => fullName === service.repository,
    );
    const before = repository?.commits.length ?? 0;
    const author = { login: "mira-okafor", name: "Mira Okafor", email: "mira.okafor@sentry.io" };
    const many = Array.from({ length: 260 }, (_, n) => ({
      sha: n.toString(16).padStart(40, "0"),
      message: n === 259 ? `<!channel> ${"x".repeat(10_000)}` : `chore: ${n}`,
      author,
      date: "2026-11-02T12:00:00Z",
    }));
    repository?.commits.push(...many);
    await deployed(shaOf(before - 1));
    await press(shaOf(-1));
    const { title, texts } = modal();
    repository?.commits.splice(before);
    expect(title).toBe("260 undeployed commits");
    expect(texts).toHaveLength(99);
    expect(texts[1]).toMatch(/\|&lt;!channel&gt; x+…>\*\n/);
    expect(texts[2]).toContain("|chore: 258>");
    expect(texts.at(-1)).toBe("… and 163 more");
  });

  it("are an empty list when the commit is in production", async () => {
    await deployed(shaOf(-1));
    await press(shaOf(-3));
    expect(modal()).toMatchObject({
      title: "0 undeployed commits",
      texts: [expect.stringContaining("Nothing to deploy")],
      buttons: [],
    });
  });

  it("are unknown without a deploy, or when GitHub does not know the deployed commit", async () => {
    await press(shaOf(-1));
    expect(modal().texts).toEqual([expect.stringContaining("No finished deploy to production is known")]);
    await deployed("f".repeat(40));
    await press(shaOf(-1));
    expect(modal().texts).toEqual([expect.stringContaining("GitHub cannot compare")]);
  });
});

describe("the modal", () => {
  it.each(["U0GUEST", "U0OUTSIDE"])("shows no commit to %s, who is not a member", async (user) => {
    await deployed(shaOf(-2));
    const before = conversation.github.calls().length;
    await press(shaOf(-1), 1, user);
    expect(modal()).toEqual({
      title: "Undeployed commits",
      texts: ["Only members with a confirmed address at sentry.io can do this."],
      buttons: [],
    });
    expect(conversation.github.calls()).toHaveLength(before);
  });

  it("that Slack did not open is reported as missing, only to the person who pressed", async () => {
    await deployed(shaOf(-2));
    conversation.slack.faults.add({
      method: "views.open",
      kind: "error",
      error: "expired_trigger_id",
      times: 5,
    });
    await press(shaOf(-1), 5);
    const whispers = conversation.slack.messages().filter(({ ephemeral_to }) => ephemeral_to === "U0MIRA");
    expect(whispers).toMatchObject([
      { channel: "D0MIRA", text: expect.stringContaining("did not let me open the list") },
    ]);
  });

  it("that was closed meanwhile stays closed", async () => {
    await deployed(shaOf(-2));
    conversation.slack.faults.add({ method: "views.update", kind: "error", error: "not_found" });
    const before = conversation.slack.calls().filter(({ method }) => method === "views.update").length;
    await press(shaOf(-1));
    expect(conversation.slack.calls().filter(({ method }) => method === "views.update")).toHaveLength(
      before + 1,
    );
  });

  it("is filled when GitHub responds again", async () => {
    await deployed(shaOf(-2));
    conversation.github.faults.add({ path: "/compare/", kind: "status", status: 422, times: 1 });
    await press(shaOf(-1));
    expect(modal().title).toBe("1 undeployed commit");
  });
});
