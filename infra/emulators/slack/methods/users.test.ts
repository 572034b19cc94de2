import { type LogLevel, WebClient } from "@slack/web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultWorkspace, githubField, workspaceUser } from "../../../local/seed/slack.ts";
import { type RunningSlack, startSlack } from "../start.ts";

let slack: RunningSlack;
let client: WebClient;
beforeAll(async () => {
  slack = await startSlack({ workspace: defaultWorkspace() });
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logLevel: "none" as LogLevel };
  client = new WebClient("xoxb-test", options);
});
afterAll(() => slack.stop());

describe("users.list", () => {
  it("returns all users, including bots, guests and deactivated users", async () => {
    const { members = [] } = await client.users.list({});
    const member = members.filter(
      ({ is_bot, deleted, is_restricted, is_email_confirmed, profile }) =>
        !is_bot && !deleted && !is_restricted && is_email_confirmed && profile?.email?.endsWith("@sentry.io"),
    );
    expect(member.map(({ id }) => id)).toEqual(["U0MIRA", "U0JONAS", "U0LENA", "U0TOMAS", "U0INES"]);
    expect(members.length).toBe(11);
    expect(members[0]?.profile).not.toHaveProperty("fields");
  });

  it("returns pages, including users that a test adds", async () => {
    for (let n = 0; n < 250; n++) slack.workspace.users.push(workspaceUser(`U1${n}`, `Person ${n}`));
    const ids: (string | undefined)[] = [];
    let pages = 0;
    for await (const page of client.paginate("users.list", { limit: 100 })) {
      pages++;
      ids.push(...((page as { members?: { id?: string }[] }).members ?? []).map(({ id }) => id));
    }
    expect(pages).toBe(3);
    expect(ids).toEqual(slack.workspace.users.map(({ id }) => id));
  });
});

describe("a user", () => {
  it("users.info and users.lookupByEmail return the same user", async () => {
    const byId = await client.users.info({ user: "U0LENA" });
    const byEmail = await client.users.lookupByEmail({ email: "Lena.Fischer@sentry.io" });
    expect(byEmail.user).toEqual(byId.user);
    expect(byId.user).toMatchObject({
      id: "U0LENA",
      team_id: "T0LOCAL",
      profile: { email: "lena.fischer@sentry.io" },
    });
  });

  it("lookupByEmail rejects unknown and deactivated users, info rejects unknown ones", async () => {
    for (const email of ["rasmus.holm@sentry.io", "nobody@sentry.io"])
      await expect(client.users.lookupByEmail({ email })).rejects.toMatchObject({
        data: { error: "users_not_found" },
      });
    await expect(client.users.info({ user: "U0NOBODY" })).rejects.toMatchObject({
      data: { error: "user_not_found" },
    });
  });

  it.each([
    ["U0MIRA", { [githubField]: { value: "mira-okafor", alt: "" } }],
    ["U0JONAS", { [githubField]: { value: "https://github.com/jonas-lindqvist", alt: "" } }],
    ["U0LENA", null],
  ])("the profile of %s has custom fields", async (user, fields) => {
    expect((await client.users.profile.get({ user })).profile?.fields).toEqual(fields);
  });

  it("fields have labels with include_labels, and team.profile.get lists all fields", async () => {
    const { profile } = await client.users.profile.get({ user: "U0MIRA", include_labels: true });
    expect(profile?.fields?.[githubField]).toMatchObject({ label: "GitHub Profile" });
    const { profile: team } = await client.team.profile.get({});
    expect(team?.fields?.map(({ id }) => id)).toEqual([githubField, "XfTEAM"]);
  });
});
