import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { wantsDeployNotifications } from "../../shared/database/users.ts";
import type { CommitDetails } from "../../shared/github/commit-details.ts";
import { log } from "../../shared/observability/log.ts";
import { type FoundMember, findMember } from "../../shared/slack/find-member.ts";
import { isByBot } from "./is-by-bot.ts";

/**
 * Who is to be told about a commit: its author, if they are a member of the organization and want to be told. Else the log says why not.
 *
 * @throws what Slack answers when it cannot be known at the moment
 */
export async function findRecipient(commit: CommitDetails, config: Config): Promise<FoundMember | null> {
  if (isByBot(commit.author, config)) return nobody("It was made by a bot", commit);
  const author = await findMember(database(), commit.author, config.emailDomain);
  if (!author) return nobody("Its author is no member of the organization whom Slack knows", commit);
  if (!wantsDeployNotifications(author.user))
    return nobody("Its author has muted deploy notifications", commit);
  return author;
}

function nobody(reason: string, { repository, sha, author }: CommitDetails): null {
  log("INFO", `Nobody is told that a commit is ready to deploy: ${reason}`, {
    repository,
    sha,
    login: author.login,
  });
  return null;
}
