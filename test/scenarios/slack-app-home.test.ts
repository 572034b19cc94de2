import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { githubField } from "../../infra/local/seed/slack.ts";
import { database } from "../../shared/database/database.ts";
import { users } from "../../shared/database/schema.ts";
import { type SlackConversation, startConversation } from "../support/slack-conversation.ts";

let world: SlackConversation;
beforeAll(async () => {
  world = await startConversation();
});
afterEach(async () => {
  world.slack.faults.clear();
  await database().delete(users);
});
afterAll(() => world.suite.stop());

async function link(user: string, typed: string, times = 1) {
  const home = await world.openHome(user);
  await world.press(home, { user, actionId: "link-github", value: typed, times });
}

async function loginOf(user: string) {
  const rows = await database().select().from(users).where(eq(users.slackUser, user));
  return rows[0]?.githubUser ?? null;
}

describe("App Home", () => {
  it("greets, asks for the GitHub login of who is not linked, and lists what can be asked", async () => {
    const { view } = await world.openHome("U0LENA");
    expect(world.home("U0LENA")).toMatch(/^Hello <@U0LENA>!/);
    expect(world.home("U0LENA")).toContain("`gha cancel &lt;pull request URL&gt;`");
    expect(view.blocks).toContainEqual(expect.objectContaining({ type: "input", dispatch_action: true }));
  });

  it("says who is linked that they are told, and has the button that stops it, and the one that undoes that", async () => {
    await link("U0LENA", "lena-fischer");
    expect(world.home("U0LENA")).toContain("You are linked to *lena-fischer*.");
    const linked = await world.openHome("U0LENA");
    expect(world.home("U0LENA")).not.toContain("You are linked");
    expect(world.home("U0LENA")).toContain("<https://github.com/lena-fischer|lena-fischer>");
    expect(world.home("U0LENA")).toContain("Deploy notifications are on");
    expect(JSON.stringify(linked.view)).not.toContain('"input"');

    await world.press(linked, { user: "U0LENA", actionId: "mute-deploy-notifications" });
    expect(world.home("U0LENA")).toContain("Deploy notifications are off");
    const muted = await world.openHome("U0LENA");
    await world.press(muted, { user: "U0LENA", actionId: "unmute-deploy-notifications" });
    expect(world.home("U0LENA")).toContain("Deploy notifications are on");
    expect(world.said("D0LENA")).toEqual([]);
  });

  it("is not published for a look at the messages", async () => {
    const before = world.slack.calls().length;
    await world.deliver({
      type: "event_callback",
      event_id: "Ev0MESSAGES",
      event_time: 1793638800,
      event: { type: "app_home_opened", user: "U0LENA", channel: "D0LENA", tab: "messages" },
    });
    expect(world.slack.calls()).toHaveLength(before);
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
    "is refused when it is none: %.20s",
    async (typed) => {
      await link("U0LENA", typed);
      expect(await loginOf("U0LENA")).toBeNull();
      expect(world.home("U0LENA")).toContain("is no GitHub login");
      expect(world.home("U0LENA")).not.toContain("<!channel>");
    },
  );

  it("that is linked to somebody else is refused, in any case", async () => {
    await link("U0LENA", "lena-fischer");
    await link("U0TOMAS", "Lena-Fischer");
    expect(world.home("U0TOMAS")).toContain(
      "The GitHub login *Lena-Fischer* is linked to somebody else already",
    );
    expect([await loginOf("U0LENA"), await loginOf("U0TOMAS")]).toEqual(["lena-fischer", null]);
  });

  it("goes to one of two who ask for it at once", async () => {
    const homes = [await world.openHome("U0LENA"), await world.openHome("U0TOMAS")];
    await Promise.all(
      homes.map((home) => world.press(home, { user: home.user, actionId: "link-github", value: "octocat" })),
    );
    const logins = [await loginOf("U0LENA"), await loginOf("U0TOMAS")];
    expect(logins.filter((login) => login === "octocat")).toHaveLength(1);
  });

  it("in the Slack profile wins over what is typed", async () => {
    await link("U0JONAS", "somebody-else");
    expect(await loginOf("U0JONAS")).toBe("jonas-lindqvist");
    expect(world.home("U0JONAS")).toContain(
      "You are linked to *jonas-lindqvist*, which your Slack profile names.",
    );
  });

  it("in the Slack profile that is none counts for nothing", async () => {
    const lena = world.slack.workspace.users.find(({ id }) => id === "U0LENA");
    if (!lena) throw new Error("The workspace has no Lena");
    lena.profile.fields = { [githubField]: { value: "not yet", alt: "" } };
    await link("U0LENA", "lena-fischer");
    lena.profile.fields = null;
    expect(await loginOf("U0LENA")).toBe("lena-fischer");
  });

  it.each(["U0GUEST", "U0OUTSIDE", "U0NEW"])(
    "cannot be linked by %s, who is no confirmed member",
    async (user) => {
      await link(user, "octocat");
      expect(await loginOf(user)).toBeNull();
      expect(world.home(user)).toContain("Only members with a confirmed address at sentry.io can do this.");
    },
  );

  it("is linked once when Slack sends the click five times at once, and answers when it can", async () => {
    world.slack.faults.add({ method: "views.publish", kind: "drop-before", times: 1, after: 1 });
    await link("U0LENA", "lena-fischer", 5);
    expect(world.home("U0LENA")).toContain("You are linked to *lena-fischer*.");
    expect(await database().select().from(users)).toHaveLength(1);
  });
});
