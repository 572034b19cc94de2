import type { Connection } from "../database/database.ts";
import { findUserByEmail, findUserByLogin, saveMember, type User } from "../database/users.ts";
import { callSlack, isUnknownUser } from "./call-slack.ts";
import { isAtDomain, type SlackUser, toOrganizationMember } from "./members.ts";

/** A person, as systems outside of Slack identify them. */
export interface Person {
  /** GitHub login. */
  login: string | null;
  email: string | null;
}

export interface FoundMember {
  user: User;
  /** Slack id. */
  slackUser: string;
  /** The name that Slack shows. */
  name: string;
}

/**
 * Finds the confirmed member of the organization, and stores them. Searches the database by GitHub login, then by e-mail address, then
 * Slack by an e-mail address of the organization's domain.
 *
 * @returns null for bots, guests, people who left, and people outside of the organization
 * @throws what `callSlack` throws
 */
export async function findMember(
  db: Connection,
  { login, email }: Person,
  emailDomain: string,
): Promise<FoundMember | null> {
  const byLogin = login === null ? undefined : await findUserByLogin(db, login);
  const byEmail = email === null ? undefined : await findUserByEmail(db, email);
  return (
    (await confirm(db, byLogin, emailDomain)) ??
    (await confirm(db, byEmail, emailDomain)) ??
    (await lookUp(db, email, emailDomain))
  );
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
  emailDomain: string,
): Promise<{ name: string; slackUser: string | null } | null> {
  if (reportedName === null) return null;
  const isEmail = reportedName.includes("@");
  const person = isEmail ? { login: null, email: reportedName } : { login: reportedName, email: null };
  const member = await findMember(db, person, emailDomain);
  return { name: member?.name ?? reportedName, slackUser: member?.slackUser ?? null };
}
