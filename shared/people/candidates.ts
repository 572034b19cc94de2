import { and, eq } from "drizzle-orm";
import type { Connection } from "../database/database.ts";
import { people } from "../database/schema.ts";
import { findUserByEmail, findUserByLogin, findUserBySlackId, type User } from "../database/users.ts";
import type { Organization } from "../organization/organization.ts";
import { completePerson, type Person } from "./person.ts";

/** What the search for a person found in one source. */
export interface Candidate {
  /** Where it was looked, in words. */
  source: string;
  /** The stored user; undefined if the source has none. */
  user: User | undefined;
  /** Address by which Slack may know them, if no user is stored. */
  email: string | null;
}

type Sources = Pick<Organization, "aliases" | "emailDomain">;

/**
 * Lists where a person may be found, in the order of precedence:
 *
 * 1. an alias in the configuration
 * 2. the login in the Slack profile, or linked in App Home
 * 3. the number of the GitHub account, seen before: the account was renamed
 * 4. a login that GitHub assigned a commit with their Slack address to
 * 5. the address of the commit, if Slack has it
 *
 * A login whose account has another number than the one seen before belongs to somebody else now: 2 and 4 are left out.
 */
export async function listCandidates(
  db: Connection,
  given: Person,
  { aliases }: Sources,
): Promise<Candidate[]> {
  const { login, githubId = null, email } = completePerson(given);
  const candidates: Candidate[] = [];
  const alias = findAlias({ login, githubId, email: given.email }, aliases);
  if (alias)
    candidates.push({
      source: "alias in the configuration",
      user: await findUserByEmail(db, alias),
      email: alias,
    });

  const byId = githubId === null ? undefined : await findKnown(db, "github-id", String(githubId));
  const byLogin = login === null ? undefined : await findUserByLogin(db, login);
  const byKnownLogin = login === null ? undefined : await findKnown(db, "login", login.toLowerCase());
  const isStill = async (user: User | undefined) =>
    user === undefined || githubId === null || !(await hasOtherAccount(db, user, githubId));
  if (login !== null && (await isStill(byLogin)))
    candidates.push({ source: "login in the Slack profile or in App Home", user: byLogin, email: null });
  if (githubId !== null) candidates.push({ source: "number of the GitHub account", user: byId, email: null });
  if (login !== null && (await isStill(byKnownLogin)))
    candidates.push({ source: "login of commits with their Slack address", user: byKnownLogin, email: null });
  if (email !== null)
    candidates.push({ source: "address of the commit", user: await findUserByEmail(db, email), email });
  return candidates;
}

function findAlias({ login, email }: Person, aliases: Organization["aliases"]): string | undefined {
  const isOne = (names: string[], name: string | null) =>
    name !== null && names.some((other) => other.toLowerCase() === name.toLowerCase());
  return aliases.find(({ logins, emails }) => isOne(logins, login) || isOne(emails, email))?.email;
}

async function findKnown(
  db: Connection,
  kind: "login" | "github-id",
  value: string,
): Promise<User | undefined> {
  const [known] = await db
    .select()
    .from(people)
    .where(and(eq(people.kind, kind), eq(people.value, value)));
  return known && findUserBySlackId(db, known.slackUser);
}

/** Whether another GitHub account than this one was seen for a user. */
async function hasOtherAccount(db: Connection, { slackUser }: User, githubId: number): Promise<boolean> {
  if (slackUser === null) return false;
  const seen = await db
    .select({ value: people.value })
    .from(people)
    .where(and(eq(people.kind, "github-id"), eq(people.slackUser, slackUser)));
  return seen.length > 0 && !seen.some(({ value }) => value === String(githubId));
}

/**
 * Stores under which names a member acts: the number of their account, and the login to which GitHub assigns their Slack address. An
 * address in a commit alone proves nothing: anybody can write any address. GitHub assigns an address only to the account that verified it.
 *
 * @param member as Slack confirmed them
 * @param isAssigned whether GitHub itself names the login and the number, and not only an address in the commit
 */
export async function rememberPerson(
  db: Connection,
  person: Person,
  member: { slackUser: string; email: string },
  isAssigned: boolean,
) {
  if (!isAssigned || person.login === null) return;
  const login = person.login.toLowerCase();
  const isOwnAddress = person.email?.toLowerCase() === member.email.toLowerCase();
  const isLinked = (await findUserBySlackId(db, member.slackUser))?.githubUser?.toLowerCase() === login;
  if (!isOwnAddress && !isLinked) return;
  const names = [
    ...(person.githubId ? [{ kind: "github-id" as const, value: String(person.githubId) }] : []),
    { kind: "login" as const, value: login },
  ];
  for (const { kind, value } of names)
    await db
      .insert(people)
      .values({ kind, value, slackUser: member.slackUser })
      .onConflictDoUpdate({
        target: [people.kind, people.value],
        set: { slackUser: member.slackUser, updatedAt: new Date() },
      });
}
