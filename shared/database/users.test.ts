import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withDatabase } from "../../test/support/with-database.ts";
import { database } from "./database.ts";
import { users } from "./schema.ts";
import {
  findUserByEmail,
  findUserByLogin,
  findUserBySlackId,
  linkGitHub,
  saveMember,
  setPreferences,
  wantsDeployNotifications,
} from "./users.ts";

withDatabase();

const member = (slackUser: string, name = slackUser.toLowerCase()) => ({
  slackUser,
  email: `${name}@sentry.io`,
});

describe("a member", () => {
  it("is found by Slack user, and by e-mail address and GitHub login without regard to case", async () => {
    const { id } = await saveMember(database(), member("U1"));
    await linkGitHub(database(), id, "Mira-Okafor");
    const found = [
      await findUserBySlackId(database(), "U1"),
      await findUserByEmail(database(), "U1@Sentry.io"),
      await findUserByLogin(database(), "mira-okafor"),
    ];
    expect(found.map((user) => user?.id)).toEqual([id, id, id]);
    expect(await findUserByLogin(database(), "mira")).toBeUndefined();
  });

  it("does not change if it is saved again", async () => {
    const first = await saveMember(database(), member("U2"));
    expect(await saveMember(database(), member("U2"))).toEqual(first);
  });

  it("keeps login and preferences under a new e-mail address, and under a new Slack user", async () => {
    const { id } = await saveMember(database(), member("U3", "before"));
    await linkGitHub(database(), id, "three");
    await setPreferences(database(), id, { deployNotifications: "off" });
    const kept = { githubUser: "three", preferences: { deployNotifications: "off" } };
    expect(await saveMember(database(), member("U3", "after"))).toMatchObject({
      ...kept,
      email: "after@sentry.io",
    });
    expect(await findUserByEmail(database(), "before@sentry.io")).toBeUndefined();
    expect(await saveMember(database(), member("U3B", "after"))).toMatchObject({ ...kept, slackUser: "U3B" });
    expect(await findUserBySlackId(database(), "U3")).toBeUndefined();
  });

  it("with two rows gets one row with the values of both", async () => {
    const bySlack = await saveMember(database(), member("U4", "old"));
    await linkGitHub(database(), bySlack.id, "four");
    await database()
      .insert(users)
      .values({ email: "new@sentry.io", preferences: { deployNotifications: "off" } });
    expect(await saveMember(database(), member("U4", "new"))).toMatchObject({
      slackUser: "U4",
      githubUser: "four",
      preferences: { deployNotifications: "off" },
    });
    expect(await findUserByEmail(database(), "old@sentry.io")).toBeUndefined();
  });

  it("gets one row if it is saved five times at once", async () => {
    const saved = await Promise.all(Array.from({ length: 5 }, () => saveMember(database(), member("U5"))));
    expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
  });
});

describe("a GitHub login", () => {
  it("is linked to one user; a second request, even a concurrent one, returns that user", async () => {
    const [a, b] = [await saveMember(database(), member("U6")), await saveMember(database(), member("U7"))];
    const holders = await Promise.all([
      linkGitHub(database(), a.id, "Shared"),
      linkGitHub(database(), b.id, "shared"),
    ]);
    const owner = await findUserByLogin(database(), "SHARED");
    expect(holders.map((holder) => holder?.id).filter((id) => id !== undefined)).toEqual([owner?.id]);
    expect(await linkGitHub(database(), owner?.id ?? 0, "shared")).toBeUndefined();
  });
});

describe("notifications about a user's own deploys", () => {
  it.each([
    [{}, true],
    [{ deployNotifications: "on" as const }, true],
    [{ deployNotifications: "off" as const }, false],
  ])("with preferences %j are wanted: %s", (preferences, wanted) => {
    expect(wantsDeployNotifications({ preferences })).toBe(wanted);
  });

  it("are read as never set when the stored value is unknown", async () => {
    const { id } = await saveMember(database(), member("U9"));
    await database().execute(
      sql`update users set preferences = '{"deployNotifications": "weekly", "theme": "dark"}' where id = ${id}`,
    );
    expect((await findUserBySlackId(database(), "U9"))?.preferences).toEqual({
      deployNotifications: undefined,
      theme: "dark",
    });
  });

  it("can be turned off and on again", async () => {
    const { id } = await saveMember(database(), member("U8"));
    await setPreferences(database(), id, { deployNotifications: "off" });
    await setPreferences(database(), id, {});
    expect(await findUserBySlackId(database(), "U8")).toMatchObject({
      preferences: { deployNotifications: "off" },
    });
    await setPreferences(database(), id, { deployNotifications: "on" });
    expect(await findUserBySlackId(database(), "U8")).toMatchObject({
      preferences: { deployNotifications: "on" },
    });
  });
});
