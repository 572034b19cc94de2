import type { Connection } from "../database/database.ts";
import { saveMember, type User } from "../database/users.ts";
import type { Organization } from "../organization/organization.ts";
import { listCandidates, rememberPerson } from "../people/candidates.ts";
import type { Person } from "../people/person.ts";
import { callSlack, isUnknownUser } from "./call-slack.ts";
import { isAtDomain, type SlackUser, toOrganizationMember } from "./members.ts";

export interface FoundMember {
  user: User;
  /** Slack id. */
  slackUser: string;
  /** The name that Slack shows. */
  name: string;
}

/**
 * Finds the confirmed member of the organization, and stores them. `listCandidates` says where they are searched, and in which order;
 * Slack is asked for an address of the organization's domain if nobody is stored.
 *
 * @returns null for bots, guests, people who left, and people outside of the organization
 * @throws what `callSlack` throws
 */
export async function findMember(
  db: Connection,
  person: Person,
  organization: Pick<Organization, "aliases" | "emailDomain">,
): Promise<FoundMember | null> {
  const { emailDomain } = organization;
  for (const { user, email } of await listCandidates(db, person, organization)) {
    const found = (await confirm(db, user, emailDomain)) ?? (await lookUp(db, email, emailDomain));
    if (!found) continue;
    await rememberPerson(
      db,
      person,
      { slackUser: found.slackUser, email: found.user.email },
      person.githubId != null,
    );
    return found;
  }
  return null;
}

/** https://docs.slack.dev/reference/methods/users.info */
async function confirm(db: Connection, stored: User | undefined, emailDomain: string) {
  const id = stored?.slackUser;
  if (!id) return null;
  return save(db, await fetchUser(() => callSlack((slack) => slack.users.info({ user: id }))), emailDomain);
}

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
async function lookUp(db: Connection, email: string | null, emailDomain: string) {
  if (email === null || !isAtDomain(email, emailDomain)) return null;
  return save(
    db,
    await fetchUser(() => callSlack((slack) => slack.users.lookupByEmail({ email }))),
    emailDomain,
  );
}

type UserResponse = SlackUser & {
  real_name?: string;
  profile?: { real_name?: string; display_name?: string };
};

async function fetchUser(call: () => Promise<{ user?: UserResponse }>): Promise<UserResponse | undefined> {
  try {
    return (await call()).user;
  } catch (error) {
    if (isUnknownUser(error)) return undefined;
    throw error;
  }
}

async function save(
  db: Connection,
  found: UserResponse | undefined,
  emailDomain: string,
): Promise<FoundMember | null> {
  const member = found && toOrganizationMember(found, emailDomain);
  if (!found || !member) return null;
  const name = found.profile?.real_name || found.real_name || found.profile?.display_name || member.email;
  return { user: await saveMember(db, member), slackUser: member.slackUser, name };
}

/**
 * Finds the name and Slack user of a deployer. Members of the organization get the name that Slack shows, others the one that the source sends.
 *
 * @param reportedName an e-mail address, or a name, which may be a GitHub login
 * @throws what `callSlack` throws
 */
export async function findDeployer(
  db: Connection,
  reportedName: string | null,
  organization: Pick<Organization, "aliases" | "emailDomain">,
): Promise<{ name: string; slackUser: string | null } | null> {
  if (reportedName === null) return null;
  const isEmail = reportedName.includes("@");
  const person = isEmail ? { login: null, email: reportedName } : { login: reportedName, email: null };
  const member = await findMember(db, person, organization);
  return { name: member?.name ?? reportedName, slackUser: member?.slackUser ?? null };
}
