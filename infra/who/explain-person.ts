import type { Connection } from "../../shared/database/database.ts";
import { wantsDeployNotifications } from "../../shared/database/users.ts";
import { isBotLogin } from "../../shared/github/is-bot-login.ts";
import type { Organization } from "../../shared/organization/organization.ts";
import { listCandidates } from "../../shared/people/candidates.ts";
import { completePerson, type Person } from "../../shared/people/person.ts";
import { findMember } from "../../shared/slack/find-member.ts";

/** @param subject a GitHub login, or an e-mail address */
export function toPerson(subject: string): Person {
  const name = subject.trim().replace(/^@/, "");
  return completePerson(name.includes("@") ? { login: null, email: name } : { login: name, email: null });
}

/**
 * Explains whether somebody is told about their commits, and why: each source in the order of precedence, and the member that Slack
 * confirms. Looking somebody up stores them, as a commit of theirs would.
 *
 * @param askSlack whether Slack may be asked; without its token only the database is
 * @throws what `callSlack` throws
 */
export async function explainPerson(
  db: Connection,
  person: Person,
  organization: Organization,
  askSlack: boolean,
): Promise<string[]> {
  const { login } = person;
  const lines: string[] = [];
  const isBumpAuthor = organization.services.some(({ upstream }) =>
    upstream?.bumpAuthors.some((name) => name === login || name === person.email),
  );
  if (isBumpAuthor || (login !== null && isBotLogin(login, organization.bots)))
    return [`${login ?? person.email} is a bot: nobody gets a message about its commits.`];
  const candidates = await listCandidates(db, person, organization);
  if (login !== null && !candidates.some(({ source }) => source.startsWith("login in")))
    lines.push(
      "The login is not used: it belongs to another GitHub account than the one that was seen before.",
    );
  for (const { source, user, email } of candidates) {
    const known = user ? `${user.email}, Slack user ${user.slackUser ?? "unknown"}` : "nobody is stored";
    lines.push(`${source}: ${known}${!user && email ? `; Slack is asked for ${email}` : ""}`);
  }
  if (candidates.length === 0) lines.push("Nothing to search for.");
  if (!askSlack) return [...lines, "Slack was not asked: SLACK_BOT_USER_ACCESS_TOKEN is not set."];

  const member = await findMember(db, person, organization);
  if (!member)
    return [
      ...lines,
      `Not told: Slack confirms no member with an address of ${organization.emailDomain}. Link the login in the Slack profile or in App Home, or add an alias to the configuration.`,
    ];
  const name = `${member.name} (${member.user.email}, ${member.slackUser})`;
  return [
    ...lines,
    wantsDeployNotifications(member.user)
      ? `Told: ${name} gets messages about these commits.`
      : `Not told: ${name} has muted deploy notifications.`,
  ];
}
