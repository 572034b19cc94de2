import type { Connection } from "../database/database.ts";
import { saveMember, type User, userOfEmail, userOfGitHub } from "../database/users.ts";
import { callSlack, slackErrorCode } from "./call-slack.ts";
import { isAtDomain, type SlackUser, toOrganizationMember } from "./members.ts";

/** How a person is known outside of Slack. */
export interface Person {
  /** On GitHub. */
  login: string | null;
  email: string | null;
}

export interface FoundMember {
  user: User;
  /** Slack's id of them. */
  slackUser: string;
  /** As people know them. */
  name: string;
}

/** What Slack answers about somebody whom it does not know. */
const UNKNOWN = new Set(["user_not_found", "users_not_found", "user_not_visible"]);

/**
 * The confirmed member of the organization who a person is: by GitHub login, then by e-mail address, of those whom we know;
 * else whom Slack knows by an e-mail address of the organization's domain. Who is found is written down.
 *
 * @returns null for bots, guests, people who left and people from elsewhere
 * @throws what `callSlack` throws
 */
export async function findMember(
  db: Connection,
  { login, email }: Person,
  emailDomain: string,
): Promise<FoundMember | null> {
  const byLogin = login === null ? undefined : await userOfGitHub(db, login);
  const byEmail = email === null ? undefined : await userOfEmail(db, email);
  return (
    (await confirm(db, byLogin, emailDomain)) ??
    (await confirm(db, byEmail, emailDomain)) ??
    (await lookUp(db, email, emailDomain))
  );
}

/** https://docs.slack.dev/reference/methods/users.info */
async function confirm(db: Connection, known: User | undefined, emailDomain: string) {
  const id = known?.slackUser;
  if (!id) return null;
  return save(db, await ask(() => callSlack((slack) => slack.users.info({ user: id }))), emailDomain);
}

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
async function lookUp(db: Connection, email: string | null, emailDomain: string) {
  if (email === null || !isAtDomain(email, emailDomain)) return null;
  return save(db, await ask(() => callSlack((slack) => slack.users.lookupByEmail({ email }))), emailDomain);
}

type Answered = SlackUser & { real_name?: string; profile?: { real_name?: string; display_name?: string } };

async function ask(call: () => Promise<{ user?: Answered }>): Promise<Answered | undefined> {
  try {
    return (await call()).user;
  } catch (error) {
    if (UNKNOWN.has(slackErrorCode(error) ?? "")) return undefined;
    throw error;
  }
}

async function save(
  db: Connection,
  found: Answered | undefined,
  emailDomain: string,
): Promise<FoundMember | null> {
  const member = found && toOrganizationMember(found, emailDomain);
  if (!found || !member) return null;
  const name = found.profile?.real_name || found.real_name || found.profile?.display_name || member.email;
  return { user: await saveMember(db, member), slackUser: member.slackUser, name };
}
