import type { Config } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { wantsDeployNotifications } from "../../shared/database/users.ts";
import { type CommitDetails, findPullRequest } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { type Person, readCoAuthors } from "../../shared/people/person.ts";
import { type FoundMember, findMember } from "../../shared/slack/find-member.ts";
import { isByBot } from "./decide.ts";

/**
 * Finds the people whose commit it is, each once, if they are members of the organization and have not muted deploy notifications: the
 * author of the pull request, or the commit's if Slack does not know the former, and the co-authors. Logs and returns why the commit has no
 * recipient.
 *
 * @throws GitHub's errors, and what `callSlack` throws
 */
export async function findRecipients(
  commit: CommitDetails,
  service: Service,
  config: Config,
): Promise<Recipients> {
  const authors = (await listAuthors(commit))
    .map((candidates) => candidates.filter((person) => !isByBot(person, config.bots, service)))
    .filter((candidates) => candidates.length > 0);
  if (authors.length === 0) return logNoRecipient("it was made by a bot", commit);
  const members: FoundMember[] = [];
  for (const candidates of authors) {
    const found = await findFirstMember(candidates, config);
    if (found && !members.some(({ slackUser }) => slackUser === found.slackUser)) members.push(found);
  }
  if (members.length === 0)
    return logNoRecipient("Slack has no member of the organization who is its author", commit);
  const recipients = members.filter(({ user }) => wantsDeployNotifications(user));
  if (recipients.length === 0) return logNoRecipient("its author has muted deploy notifications", commit);
  return { recipients, because: null };
}

interface Recipients {
  recipients: FoundMember[];
  /** Why nobody gets the message. */
  because: string | null;
}

type Candidate = Person & { name: string };

async function findFirstMember(candidates: Candidate[], config: Config): Promise<FoundMember | null> {
  for (const person of candidates) {
    const found = await findMember(database(), person, config);
    if (found) return found;
  }
  return null;
}

/** For each author, under which names to look for them. Somebody else may squash a pull request, and is then the author of the commit. */
async function listAuthors(commit: CommitDetails): Promise<Candidate[][]> {
  const { repository, sha, author, title, body } = commit;
  const pull = await findPullRequest({ repository, sha });
  const isOwn = pull?.author && pull.author.login.toLowerCase() === author.login?.toLowerCase();
  const first = pull?.author && !isOwn ? [{ ...pull.author, name: pull.author.login, email: null }] : [];
  const coAuthors = readCoAuthors(`${title}\n${body}`);
  return [[...first, author], ...coAuthors.map(({ name, email }) => [{ login: null, name, email }])];
}

function logNoRecipient(reason: string, { repository, sha, author }: CommitDetails): Recipients {
  log("INFO", `Nobody gets a message about a commit that is ready to deploy: ${reason}`, {
    repository,
    sha,
    login: author.login,
  });
  return { recipients: [], because: reason };
}
