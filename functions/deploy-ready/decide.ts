import { z } from "zod";
import type { Config } from "../../shared/config.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";
import { deployReadyContext } from "../../shared/slack/deploy-ready-message.ts";

/** A commit that is ready to deploy, and the member who gets the message about it. */
const announcement = deployReadyContext.pick({ sha: true, commit: true, recipient: true });
export type Announcement = z.infer<typeof announcement>;

/** As the database stores it: null if nobody gets a message. */
export const decision = z.object({ announcement: announcement.nullable() });

/** Whether a bot made a commit. */
export function isByBot(
  { login, name, email }: CommitDetails["author"],
  { botLogins, deploy }: Pick<Config, "botLogins" | "deploy">,
): boolean {
  const isListed = [login, name, email].some((word) => word !== null && deploy.bumpAuthors.includes(word));
  return isListed || (login !== null && isBotLogin(login, botLogins));
}
