import { hasStatus, installationClient } from "../../shared/github/installation-client.ts";
import { readRequiredChecks } from "../../shared/github/required-checks-of-branch.ts";
import type { Organization, Path, Service } from "../../shared/organization/organization.ts";
import { isSameRepository } from "../../shared/organization/services.ts";
import { callSlack, slackErrorCode } from "../../shared/slack/call-slack.ts";

export interface Problem {
  path: Path;
  message: string;
}

/** GitHub's maximum, and what Slack recommends. */
const PAGE_SIZE = 100;
const SLACK_PAGE_SIZE = 200;

/**
 * Looks up every repository, branch, check and team in GitHub.
 *
 * @throws GitHub's errors, except those that say that something does not exist
 */
export async function lookUpInGitHub(organization: Organization): Promise<Problem[]> {
  if (!(await installationClient(organization.organization)))
    return [
      {
        path: ["organization"],
        message: `the GitHub App is not installed in ${organization.organization}: install it, or correct the name`,
      },
    ];
  const missing = await findMissingRepositories(organization);
  const problems: Problem[] = missing.map(({ path, repository }) => ({
    path,
    message: `GitHub shows the App no repository ${repository}: correct the name, or install the App into it`,
  }));
  for (const [index, service] of organization.services.entries())
    if (!missing.some(({ repository }) => isSameRepository(repository, service.repository)))
      problems.push(...(await lookUpBranch(service, (...path) => ["services", index, ...path])));
  for (const [index, { githubTeam }] of organization.teams.entries())
    if (githubTeam !== undefined && !(await isTeam(organization.organization, githubTeam)))
      problems.push({
        path: ["teams", index, "githubTeam"],
        message: `${organization.organization} has no team ${githubTeam}: write its slug, the end of its page's address`,
      });
  return problems;
}

/** Every entry that names a repository which GitHub does not show. */
async function findMissingRepositories({ services, typescript }: Organization) {
  const named: { path: Path; repository: string | undefined }[] = [
    ...services.flatMap(({ repository, upstream, deployments }, index) => [
      { path: ["services", index, "repository"], repository },
      { path: ["services", index, "upstream", "repository"], repository: upstream?.repository },
      ...deployments.map((target, at) => ({
        path: ["services", index, "deployments", at, "repository"],
        repository: target.source === "github" ? target.repository : undefined,
      })),
    ]),
    ...typescript.trees.map(({ repository }, index) => ({
      path: ["typescript", "trees", index, "repository"],
      repository,
    })),
  ];
  const known = new Map<string, boolean>();
  const missing: { path: Path; repository: string }[] = [];
  for (const { path, repository } of named) {
    if (repository === undefined) continue;
    const key = repository.toLowerCase();
    const shown = known.get(key) ?? (await isShown(repository));
    known.set(key, shown);
    if (!shown) missing.push({ path, repository });
  }
  return missing;
}

/** https://docs.github.com/rest/repos/repos#get-a-repository */
async function isShown(repository: string): Promise<boolean> {
  const [owner = "", repo = ""] = repository.split("/");
  const github = await installationClient(owner);
  return github !== null && (await exists(github.rest.repos.get({ owner, repo })));
}

/** https://docs.github.com/rest/teams/teams#get-a-team-by-name */
async function isTeam(org: string, team_slug: string): Promise<boolean> {
  const github = await installationClient(org);
  return github !== null && (await exists(github.rest.teams.getByName({ org, team_slug })));
}

async function exists(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}

async function lookUpBranch(service: Service, at: (...path: Path) => Path): Promise<Problem[]> {
  const { repository, branch, requiredChecks } = service;
  let required: string[];
  try {
    required = await readRequiredChecks(repository, branch);
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    return [{ path: at("branch"), message: `${repository} has no branch ${branch}` }];
  }
  if (requiredChecks === "auto")
    return required.length > 0
      ? []
      : [
          {
            path: at("requiredChecks"),
            message: `GitHub requires no check of ${repository}@${branch}: name the checks, or require them in a ruleset`,
          },
        ];
  const seen = new Set([...required, ...(await listCheckNames(repository, branch))]);
  return requiredChecks.flatMap((check, index) =>
    seen.has(check)
      ? []
      : [
          {
            path: at("requiredChecks", index),
            message: `the newest commit of ${repository}@${branch} has no check “${check}”: ${listOf([...seen].sort())}`,
          },
        ],
  );
}

function listOf(names: string[]): string {
  return names.length > 0
    ? `write one of ${names.map((name) => `“${name}”`).join(", ")}`
    : "it has none at all";
}

/** https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference */
async function listCheckNames(repository: string, ref: string): Promise<string[]> {
  const [owner = "", repo = ""] = repository.split("/");
  const github = await installationClient(owner);
  if (!github) return [];
  const runs = await github.paginate(github.rest.checks.listForRef, {
    owner,
    repo,
    ref,
    per_page: PAGE_SIZE,
  });
  return runs.map(({ name }) => name);
}

/**
 * Looks up every channel, the profile field and the aliases in Slack. The app sees private channels that it was invited to.
 *
 * @throws what `callSlack` throws, except that a user does not exist
 */
export async function lookUpInSlack({ services, teams, slack, aliases }: Organization): Promise<Problem[]> {
  const channels = await listChannels();
  const named: { path: Path; channel: string }[] = [
    ...services.flatMap(({ channel, feed }, index) => [
      { path: ["services", index, "channel"], channel },
      ...(feed ? [{ path: ["services", index, "feed", "channel"], channel: feed.channel }] : []),
    ]),
    ...teams.map(({ channel }, index) => ({ path: ["teams", index, "channel"], channel })),
  ];
  const missing = named.filter(({ channel }) => !channels.has(channel.replace(/^#/, "")));
  const problems: Problem[] = missing.map(({ path, channel }) => ({
    path,
    message: `Slack shows the app no channel ${channel}: correct the name, or invite the app into it if it is private`,
  }));
  if (slack.githubField !== undefined) {
    const { profile } = await callSlack((client) => client.team.profile.get({}));
    const fields = profile?.fields ?? [];
    if (!fields.some(({ id }) => id === slack.githubField))
      problems.push({
        path: ["slack", "githubField"],
        message: `the profile has no field ${slack.githubField}: write one of ${fields.map(({ id, label }) => `${id} (${label})`).join(", ")}`,
      });
  }
  for (const [index, { email }] of aliases.entries())
    if (!(await isUser(email)))
      problems.push({
        path: ["aliases", index, "email"],
        message: `Slack has no user with the address ${email}: correct it, or remove the alias`,
      });
  return problems;
}

/** Names and ids of all channels that the app sees, https://docs.slack.dev/reference/methods/conversations.list */
async function listChannels(): Promise<Set<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = {
      types: "public_channel,private_channel",
      exclude_archived: true,
      limit: SLACK_PAGE_SIZE,
      ...(cursor && { cursor }),
    };
    const { channels = [], response_metadata } = await callSlack((client) => client.conversations.list(page));
    for (const { id, name } of channels) for (const word of [id, name]) if (word) found.add(word);
    cursor = response_metadata?.next_cursor || undefined;
  } while (cursor);
  return found;
}

async function isUser(email: string): Promise<boolean> {
  try {
    await callSlack((client) => client.users.lookupByEmail({ email }));
    return true;
  } catch (error) {
    if (slackErrorCode(error) === "users_not_found") return false;
    throw error;
  }
}
