import type { GitHubUser } from "../../emulators/github/state.ts";
import { defaultGitHubState } from "../../local/seed/github.ts";

const world = defaultGitHubState();

/** Those of the default world: Slack knows them, so that they are told what becomes of their commits. */
const known = world.users.filter(({ email }) => email !== null).map(({ login }) => login);

/** Members of the organization who are not in the local Slack. */
export const colleagues: GitHubUser[] = [
  ["aino-virtanen", "Aino Virtanen"],
  ["bruno-salvatore", "Bruno Salvatore"],
  ["chidi-eze", "Chidi Eze"],
  ["dana-whitlock", "Dana Whitlock"],
  ["emre-aydin", "Emre Aydin"],
  ["freya-nilsen", "Freya Nilsen"],
].map(([login = "", name = ""]) => ({ login, name, email: null }));

/** Everybody who changes the code for a living. */
export const engineers: string[] = [...known, ...colleagues.map(({ login }) => login)];

/** People from the community. */
export const outsiders: GitHubUser[] = [
  ["gita-raman-dev", "Gita Raman"],
  ["hugo-lemaire-oss", "Hugo Lemaire"],
  ["ivy-castellan", "Ivy Castellan"],
  ["joao-pestana-dev", "João Pestana"],
  ["kofi-anane-oss", "Kofi Anane"],
  ["liv-solheim-dev", "Liv Solheim"],
].map(([login = "", name = ""]) => ({ login, name, email: null }));

/** Comments on what changes the coverage. */
export const COVERAGE_BOT = "codecov-commenter";
export const RELEASE_BOT = "getsentry-bot";
