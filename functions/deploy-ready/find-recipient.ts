import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { wantsDeployNotifications } from "../../shared/database/users.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { type FoundMember, findMember } from "../../shared/slack/find-member.ts";
import { isByBot } from "./decide.ts";

/**
 * Finds the author of a commit, if they are a member of the organization and have not muted deploy notifications. Otherwise logs why the
 * commit has no recipient.
 *
 * @throws what `callSlack` throws
 */
export async function findRecipient(
  commit: CommitDetails,
  service: Service,
  config: Config,
): Promise<FoundMember | null> {
  if (isByBot(commit.author, config.bots, service)) return logNoRecipient("it was made by a bot", commit);
  const author = await findMember(database(), commit.author, config.emailDomain);
  if (!author) return logNoRecipient("Slack has no member of the organization who is its author", commit);
  if (!wantsDeployNotifications(author.user))
    return logNoRecipient("its author has muted deploy notifications", commit);
  return author;
}

function logNoRecipient(reason: string, { repository, sha, author }: CommitDetails): null {
  log("INFO", `Nobody gets a message about a commit that is ready to deploy: ${reason}`, {
    repository,
    sha,
    login: author.login,
  });
  return null;
}
