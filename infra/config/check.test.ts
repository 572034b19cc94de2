import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseOrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { type RunningGitHub, startGitHub } from "../emulators/github/start.ts";
import { type RunningSlack, startSlack } from "../emulators/slack/start.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { defaultWorkspace } from "../local/seed/slack.ts";
import { checkFile } from "./check.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
let github: RunningGitHub;
let slack: RunningSlack;

beforeAll(async () => {
  const state = defaultGitHubState();
  for (const organization of state.organizations) organization.teams = ["storefront"];
  for (const repository of state.repositories)
    repository.requiredChecks =
      repository.fullName === "getsentry/getsentry" ? { rulesets: [["build"]] } : {};
  github = await startGitHub({
    state,
    appPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
  });
  slack = await startSlack({ port: 0, workspace: defaultWorkspace() });
  Object.assign(process.env, {
    GITHUB_API_URL: github.url,
    GH_APP_IDENTIFIER: "1",
    GH_APP_SECRET_KEY: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    SLACK_API_URL: slack.url,
    SLACK_BOT_USER_ACCESS_TOKEN: "xoxb-local",
  });
});
afterAll(() => Promise.all([github.stop(), slack.stop()]));

const valid = `organization: getsentry
emailDomain: sentry.io
slack: { githubField: XfEJ1CLM1C }
services:
  - name: getsentry
    repository: getsentry/getsentry
    branch: master
    upstream: { repository: getsentry/sentry, bumpAuthors: [bot] }
    requiredChecks: auto
    channel: "#team-engineering"
    team: web
teams:
  - { name: web, channel: C0GENERAL, githubTeam: storefront }
aliases:
  - { email: mira.okafor@sentry.io, logins: [mira] }
`;

function check(text: string, env: Record<string, string | undefined> = process.env) {
  return checkFile({ ...parseOrganizationFile(text, "a.yaml"), file: "a.yaml" }, env);
}

describe("a file that is checked", () => {
  it("has no problems if GitHub and Slack have everything that it names", async () => {
    const { problems, notes } = await check(valid);
    expect(problems).toEqual([]);
    expect(notes.slice(0, 2)).toEqual([
      "Looked up in GitHub: repositories, branches, checks, teams",
      "Looked up in Slack: channels, profile field, aliases",
    ]);
  });

  it.each([
    [
      "an organization without the App",
      "organization: getsentry",
      "organization: acme",
      "1:1: the GitHub App is not installed in acme: install it, or correct the name",
    ],
    [
      "a repository",
      "repository: getsentry/getsentry",
      "repository: getsentry/nothing",
      "6:5: GitHub shows the App no repository getsentry/nothing: correct the name, or install the App into it",
    ],
    [
      "an upstream",
      "repository: getsentry/sentry,",
      "repository: getsentry/nothing,",
      "8:17: GitHub shows the App no repository getsentry/nothing: correct the name, or install the App into it",
    ],
    ["a branch", "branch: master", "branch: main", "7:5: getsentry/getsentry has no branch main"],
    [
      "a check",
      "requiredChecks: auto",
      "requiredChecks: [build, tests]",
      "9:29: the newest commit of getsentry/getsentry@master has no check “tests”: write one of “build”",
    ],
    [
      "the repository of a deployment",
      "    team: web",
      "    team: web\n    deployments: [{ source: github, environment: production, repository: getsentry/nothing }]",
      "12:62: GitHub shows the App no repository getsentry/nothing: correct the name, or install the App into it",
    ],
    [
      "a team",
      "githubTeam: storefront",
      "githubTeam: nobody",
      "13:38: getsentry has no team nobody: write its slug, the end of its page's address",
    ],
    [
      "a channel",
      '"#team-engineering"',
      '"#nowhere"',
      "10:5: Slack shows the app no channel #nowhere: correct the name, or invite the app into it if it is private",
    ],
    [
      "a profile field",
      "XfEJ1CLM1C",
      "XfNONE",
      "3:10: the profile has no field XfNONE: write one of XfEJ1CLM1C (GitHub Profile), XfTEAM (Team)",
    ],
    [
      "an alias",
      "mira.okafor@sentry.io",
      "nobody@sentry.io",
      "15:7: Slack has no user with the address nobody@sentry.io: correct it, or remove the alias",
    ],
  ])("names line and remedy of %s that does not exist", async (_, from, to, problem) => {
    expect((await check(valid.replace(from, to))).problems).toEqual([`a.yaml:${problem}`]);
  });

  it("with checks that GitHub does not require has to name them", async () => {
    const text = valid
      .replace("repository: getsentry/getsentry", "repository: getsentry/sentry")
      .replace(/ {4}upstream.*\n/, "");
    expect((await check(text)).problems).toEqual([
      "a.yaml:8:5: GitHub requires no check of getsentry/sentry@master: name the checks, or require them in a ruleset",
    ]);
  });

  it("says what is not looked up without credentials", async () => {
    const { problems, notes } = await check(valid.replace("C0GENERAL", "C0NOWHERE"), {});
    expect(problems).toEqual([]);
    expect(notes.slice(0, 2)).toEqual([
      "Not looked up: repositories, branches, checks, teams. They need GH_APP_IDENTIFIER and GH_APP_SECRET_KEY",
      "Not looked up: channels, profile field, aliases. They need SLACK_BOT_USER_ACCESS_TOKEN",
    ]);
  });
});
