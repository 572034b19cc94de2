import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSlack, startSlack } from "../../infra/emulators/slack/start.ts";
import { defaultWorkspace } from "../../infra/local/seed/slack.ts";
import { explainPerson, toPerson } from "../../infra/who/explain-person.ts";
import { config as getsentry } from "../../test/support/getsentry.ts";
import { withDatabase } from "../../test/support/with-database.ts";
import { database } from "../database/database.ts";
import { people, users } from "../database/schema.ts";
import { linkGitHub, saveMember, setPreferences } from "../database/users.ts";
import { findMember } from "../slack/find-member.ts";
import type { Person } from "./person.ts";

withDatabase();

const config = {
  ...getsentry,
  aliases: [{ email: "lena.fischer@sentry.io", logins: ["lena-private"], emails: ["lena@home.example"] }],
};
let slack: RunningSlack;

beforeAll(async () => {
  slack = await startSlack({ port: 0, workspace: defaultWorkspace() });
  Object.assign(process.env, { SLACK_API_URL: slack.url, SLACK_BOT_USER_ACCESS_TOKEN: "xoxb-local" });
});
beforeEach(async () => {
  await database().delete(users);
  await database().delete(people);
});
afterAll(() => slack.stop());

async function link(slackUser: string, email: string, login: string) {
  const { id } = await saveMember(database(), { slackUser, email });
  await linkGitHub(database(), id, login);
  return id;
}

const find = async (person: Person) => (await findMember(database(), person, config))?.slackUser;
const mira = { slackUser: "U0MIRA", email: "mira.okafor@sentry.io" };

describe("the member who made a commit", () => {
  it.each<[string, Person, string | undefined]>([
    ["has a linked login in another case", { login: "MIRA-Okafor", email: null }, "U0MIRA"],
    ["commits with the address of Slack", { login: null, email: "Jonas.Lindqvist@sentry.io" }, "U0JONAS"],
    ["has an alias by login", { login: "Lena-Private", email: null }, "U0LENA"],
    ["has an alias by address", { login: null, email: "lena@home.example" }, "U0LENA"],
    [
      "has an alias, which precedes the address of the commit",
      { login: "lena-private", email: "jonas.lindqvist@sentry.io" },
      "U0LENA",
    ],
    [
      "commits with the address that GitHub gives the account",
      { login: null, email: "mira-okafor@users.noreply.github.com" },
      "U0MIRA",
    ],
    [
      "commits with the newer form of that address",
      { login: null, email: "4711+mira-okafor@users.noreply.github.com" },
      "U0MIRA",
    ],
    ["is not known", { login: "octocat", email: "octocat@home.example" }, undefined],
    ["is a guest", { login: null, email: "petra.blum@sentry.io" }, undefined],
  ])("%s", async (_, person, expected) => {
    await link(mira.slackUser, mira.email, "mira-okafor");
    expect(await find(person)).toBe(expected);
  });

  it("is found after a rename by the number of the account", async () => {
    await link(mira.slackUser, mira.email, "mira-okafor");
    expect(await find({ login: "mira-okafor", githubId: 4711, email: null })).toBe("U0MIRA");
    expect(await find({ login: "mira-new", githubId: 4711, email: null })).toBe("U0MIRA");
    expect(await find({ login: null, email: "4711+mira-new@users.noreply.github.com" })).toBe("U0MIRA");
  });

  it("is not somebody who took the login after a rename", async () => {
    await link(mira.slackUser, mira.email, "mira-okafor");
    await find({ login: "mira-okafor", githubId: 4711, email: null });
    expect(
      await find({ login: "mira-okafor", githubId: 9999, email: "stranger@home.example" }),
    ).toBeUndefined();
  });

  it("is found by a login that GitHub assigned a commit with their Slack address to", async () => {
    expect(await find({ login: "ines", githubId: 12, email: "ines.duarte@sentry.io" })).toBe("U0INES");
    expect(await find({ login: "ines", email: "ines@home.example" })).toBe("U0INES");
  });

  it("does not get a login from an address that anybody can write into a commit", async () => {
    expect(await find({ login: "stranger", email: "ines.duarte@sentry.io" })).toBe("U0INES");
    expect(await find({ login: "stranger", email: null })).toBeUndefined();
  });
});

describe("who", () => {
  const explain = (subject: string, askSlack = true) =>
    explainPerson(database(), toPerson(subject), config, askSlack);

  it.each([
    ["getsentry-bot", ["getsentry-bot is a bot: nobody gets a message about its commits."]],
    [
      "octocat",
      [
        "login in the Slack profile or in App Home: nobody is stored",
        "login of commits with their Slack address: nobody is stored",
        expect.stringMatching(/^Not told: Slack confirms no member with an address of sentry.io\./),
      ],
    ],
    [
      "lena@home.example",
      [
        "alias in the configuration: nobody is stored; Slack is asked for lena.fischer@sentry.io",
        "address of the commit: nobody is stored; Slack is asked for lena@home.example",
        "Told: Lena Fischer (lena.fischer@sentry.io, U0LENA) gets messages about these commits.",
      ],
    ],
    [
      "@Mira-Okafor",
      [
        "login in the Slack profile or in App Home: mira.okafor@sentry.io, Slack user U0MIRA",
        "login of commits with their Slack address: nobody is stored",
        "Told: Mira Okafor (mira.okafor@sentry.io, U0MIRA) gets messages about these commits.",
      ],
    ],
  ])("%s is explained", async (subject, expected) => {
    await link(mira.slackUser, mira.email, "mira-okafor");
    expect(await explain(subject)).toEqual(expected);
  });

  it("explains that somebody has muted", async () => {
    await setPreferences(database(), await link(mira.slackUser, mira.email, "mira-okafor"), {
      deployNotifications: "off",
    });
    expect((await explain("mira-okafor")).at(-1)).toBe(
      "Not told: Mira Okafor (mira.okafor@sentry.io, U0MIRA) has muted deploy notifications.",
    );
  });

  it("leaves it open without Slack's token", async () => {
    expect((await explain("octocat", false)).at(-1)).toBe(
      "Slack was not asked: SLACK_BOT_USER_ACCESS_TOKEN is not set.",
    );
  });
});
