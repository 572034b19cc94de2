import type { GitHubUser } from "../../emulators/github/state.ts";
import { defaultGitHubState } from "../../local/seed/github.ts";

const { users } = defaultGitHubState();

/** People who are also in the Slack workspace: they receive messages about their commits. */
const slackUsers = users.filter(({ email }) => email !== null).map(({ login }) => login);

/** Members of the organization who are not in the Slack workspace. */
export const colleagues: GitHubUser[] = [
  ["aino-virtanen", "Aino Virtanen"],
  ["bruno-salvatore", "Bruno Salvatore"],
  ["chidi-eze", "Chidi Eze"],
  ["dana-whitlock", "Dana Whitlock"],
  ["emre-aydin", "Emre Aydin"],
  ["freya-nilsen", "Freya Nilsen"],
].map(([login = "", name = ""]) => ({ login, name, email: null }));

/** Logins of all engineers of the organization. */
export const engineers: string[] = [...slackUsers, ...colleagues.map(({ login }) => login)];

/** Contributors who are not members of the organization. */
export const outsiders: GitHubUser[] = [
  ["gita-raman-dev", "Gita Raman"],
  ["hugo-lemaire-oss", "Hugo Lemaire"],
  ["ivy-castellan", "Ivy Castellan"],
  ["joao-pestana-dev", "João Pestana"],
  ["kofi-anane-oss", "Kofi Anane"],
  ["liv-solheim-dev", "Liv Solheim"],
].map(([login = "", name = ""]) => ({ login, name, email: null }));

/** Comments on pull requests about their test coverage. */
export const COVERAGE_BOT = "codecov-commenter";
export const RELEASE_BOT = "getsentry-bot";
