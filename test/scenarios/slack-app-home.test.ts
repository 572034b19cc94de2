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

/** Writes the profile field for the GitHub login. */
function setField(user: string, value: string | null) {
  const found = conversation.slack.workspace.users.find(({ id }) => id === user);
  if (!found) throw new Error(`The workspace has no ${user}`);
  found.profile.fields = value === null ? null : { [githubField]: { value, alt: "" } };
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

  it("goes to one of two members whose profiles claim it at the same time", async () => {
    for (const id of ["U0LENA", "U0TOMAS"]) setField(id, "octocat");
    const homes = [await conversation.openHome("U0LENA"), await conversation.openHome("U0TOMAS")];
    await Promise.all(
      homes.map((home) =>
        conversation.press(home, { user: home.user, actionId: "link-github", value: "octocat" }),
      ),
    );
    const logins = [await loginOf("U0LENA"), await loginOf("U0TOMAS")];
    for (const id of ["U0LENA", "U0TOMAS"]) setField(id, null);
    expect(logins.filter((login) => login === "octocat")).toHaveLength(1);
  });

  it.each(["octocat", "nobody-has-this"])(
    "%s is not linked without proof that it is theirs, and the member is told what to do",
    async (login) => {
      await link("U0LENA", login);
      expect(await loginOf("U0LENA")).toBeNull();
      expect(conversation.home("U0LENA")).toContain(
        `I could not see that the GitHub login *${login}* is yours, so it was not linked. Enter it in the GitHub field of your Slack profile`,
      );
    },
  );

  it.each([
    ["commits with the member's address belong to it", "octocat", "octocat"],
    ["commits with the member's address belong to somebody else", "sam-rivera", null],
  ])("is proven by commits: %s", async (_, committer, linked) => {
    const commits = conversation.github.state.repositories[0]?.commits ?? [];
    const author = { login: committer, name: "Lena", email: "Lena.Fischer@sentry.io" };
    commits.push({ sha: "c".repeat(40), message: "fix: x", author, date: "2026-11-01T00:00:00Z" });
    await link("U0LENA", "octocat");
    commits.pop();
    expect(await loginOf("U0LENA")).toBe(linked);
  });

  it("stays linked when it is typed again, although GitHub shows no proof any more", async () => {
    const lena = conversation.github.state.users.find(({ login }) => login === "lena-fischer");
    if (!lena) throw new Error("The local GitHub has no Lena");
    const [home, email] = [await conversation.openHome("U0LENA"), lena.email];
    await link("U0LENA", "lena-fischer");
    lena.email = null;
    await conversation.press(home, { user: "U0LENA", actionId: "link-github", value: "lena-fischer" });
    lena.email = email;
    expect(conversation.home("U0LENA")).toContain("You are linked to *lena-fischer*.");
  });

  it("in the Slack profile takes precedence over a typed one", async () => {
    await link("U0JONAS", "somebody-else");
    expect(await loginOf("U0JONAS")).toBe("jonas-lindqvist");
    expect(conversation.home("U0JONAS")).toContain(
      "You are linked to *jonas-lindqvist*, which your Slack profile names.",
    );
  });

  it("in the Slack profile is ignored when it is not a login", async () => {
    setField("U0LENA", "not yet");
    await link("U0LENA", "lena-fischer");
    setField("U0LENA", null);
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
