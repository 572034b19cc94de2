import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { githubField } from "../../infra/local/seed/slack.ts";
import { database } from "../../shared/database/database.ts";
import { users } from "../../shared/database/schema.ts";
import { withConversation } from "../support/slack-conversation.ts";

const conversation = withConversation();
afterEach(async () => {
  await database().delete(users);
});

async function link(user: string, typed: string, times = 1) {
  const home = await conversation.openHome(user);
  await conversation.press(home, { user, actionId: "link-github", value: typed, times });
}

async function loginOf(user: string) {
  const rows = await database().select().from(users).where(eq(users.slackUser, user));
  return rows[0]?.githubUser ?? null;
}

describe("App Home", () => {
  it("greets, asks an unlinked member for their GitHub login, and lists the commands", async () => {
    const { view } = await conversation.openHome("U0LENA");
    expect(conversation.home("U0LENA")).toMatch(/^Hello <@U0LENA>!/);
    expect(conversation.home("U0LENA")).toContain("`gha cancel &lt;pull request URL&gt;`");
    expect(view.blocks).toContainEqual(expect.objectContaining({ type: "input", dispatch_action: true }));
  });

  it("tells a linked member that they are notified, with a button to stop and a button to resume", async () => {
    await link("U0LENA", "lena-fischer");
    expect(conversation.home("U0LENA")).toContain("You are linked to *lena-fischer*.");
    const linked = await conversation.openHome("U0LENA");
    expect(conversation.home("U0LENA")).not.toContain("You are linked");
    expect(conversation.home("U0LENA")).toContain("<https://github.com/lena-fischer|lena-fischer>");
    expect(conversation.home("U0LENA")).toContain("Deploy notifications are on");
    expect(JSON.stringify(linked.view)).not.toContain('"input"');

    await conversation.press(linked, { user: "U0LENA", actionId: "mute-deploy-notifications" });
    expect(conversation.home("U0LENA")).toContain("Deploy notifications are off");
    const muted = await conversation.openHome("U0LENA");
    await conversation.press(muted, { user: "U0LENA", actionId: "unmute-deploy-notifications" });
    expect(conversation.home("U0LENA")).toContain("Deploy notifications are on");
    expect(conversation.said("D0LENA")).toEqual([]);
  });

  it("is not published when somebody opens the Messages tab", async () => {
    const before = conversation.slack.calls().length;
    await conversation.deliver({
      type: "event_callback",
      event_id: "Ev0MESSAGES",
      event_time: 1793638800,
      event: { type: "app_home_opened", user: "U0LENA", channel: "D0LENA", tab: "messages" },
    });
    expect(conversation.slack.calls()).toHaveLength(before);
  });
});

describe("a GitHub login", () => {
  it.each([
    "lena-fischer",
    "@lena-fischer",
    "github.com/lena-fischer",
    "https://github.com/lena-fischer/?tab=stars",
  ])("may be typed as %s", async (typed) => {
    await link("U0LENA", typed);
    expect(await loginOf("U0LENA")).toBe("lena-fischer");
  });

  it.each(["", "lena_fischer", "<!channel>", "https://gitlab.com/lena", "x".repeat(5000)])(
    "is refused when it is not a login: %.20s",
    async (typed) => {
      await link("U0LENA", typed);
      expect(await loginOf("U0LENA")).toBeNull();
      expect(conversation.home("U0LENA")).toContain("is no GitHub login");
      expect(conversation.home("U0LENA")).not.toContain("<!channel>");
    },
  );

  it("that is linked to another member is refused, in upper or lower case", async () => {
    await link("U0LENA", "lena-fischer");
    await link("U0TOMAS", "Lena-Fischer");
    expect(conversation.home("U0TOMAS")).toContain(
      "The GitHub login *Lena-Fischer* is linked to somebody else already",
    );
    expect([await loginOf("U0LENA"), await loginOf("U0TOMAS")]).toEqual(["lena-fischer", null]);
  });

  it("goes to one of two members who claim it at the same time", async () => {
    const homes = [await conversation.openHome("U0LENA"), await conversation.openHome("U0TOMAS")];
    await Promise.all(
      homes.map((home) =>
        conversation.press(home, { user: home.user, actionId: "link-github", value: "octocat" }),
      ),
    );
    const logins = [await loginOf("U0LENA"), await loginOf("U0TOMAS")];
    expect(logins.filter((login) => login === "octocat")).toHaveLength(1);
  });

  it("in the Slack profile takes precedence over a typed one", async () => {
    await link("U0JONAS", "somebody-else");
    expect(await loginOf("U0JONAS")).toBe("jonas-lindqvist");
    expect(conversation.home("U0JONAS")).toContain(
      "You are linked to *jonas-lindqvist*, which your Slack profile names.",
    );
  });

  it("in the Slack profile is ignored when it is not a login", async () => {
    const lena = conversation.slack.workspace.users.find(({ id }) => id === "U0LENA");
    if (!lena) throw new Error("The workspace has no Lena");
    lena.profile.fields = { [githubField]: { value: "not yet", alt: "" } };
    await link("U0LENA", "lena-fischer");
    lena.profile.fields = null;
    expect(await loginOf("U0LENA")).toBe("lena-fischer");
  });

  it.each(["U0GUEST", "U0OUTSIDE", "U0NEW"])(
    "cannot be linked by %s, who is not a confirmed member",
    async (user) => {
      await link(user, "octocat");
      expect(await loginOf(user)).toBeNull();
      expect(conversation.home(user)).toContain(
        "Only members with a confirmed address at sentry.io can do this.",
      );
    },
  );

  it("is linked once when Slack sends the click five times at once, and responds late", async () => {
    conversation.slack.faults.add({ method: "views.publish", kind: "drop-before", times: 1, after: 1 });
    await link("U0LENA", "lena-fischer", 5);
    expect(conversation.home("U0LENA")).toContain("You are linked to *lena-fischer*.");
    expect(await database().select().from(users)).toHaveLength(1);
  });
});
