import type { Config } from "../../shared/config.ts";
import type { CommitDetails } from "../../shared/github/commit-details.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";

/** Whether a commit was made by a program, which nobody waits for. */
export function isByBot(
  { login, name, email }: CommitDetails["author"],
  { botLogins, deploy }: Pick<Config, "botLogins" | "deploy">,
): boolean {
  const isListed = [login, name, email].some((word) => word !== null && deploy.bumpAuthors.includes(word));
  return isListed || (login !== null && isBotLogin(login, botLogins));
}
