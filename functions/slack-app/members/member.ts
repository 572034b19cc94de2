import type { Connection, Transaction } from "../../../shared/database/database.ts";
import { findUserBySlackId, linkGitHub, saveMember, type User } from "../../../shared/database/users.ts";
import { log } from "../../../shared/observability/log.ts";
import { callSlack, isUnknownUser } from "../../../shared/slack/call-slack.ts";
import { type SlackMember, type SlackUser, toOrganizationMember } from "../../../shared/slack/members.ts";
import { parseGitHubLogin } from "../home/github-login.ts";

/** @returns null for a Slack user who is no confirmed member of the organization */
export async function fetchMember(slackUser: string, emailDomain: string): Promise<SlackMember | null> {
  try {
    const { user } = await callSlack((slack) => slack.users.info({ user: slackUser }));
    return user ? toOrganizationMember(user, emailDomain) : null;
  } catch (error) {
    if (isUnknownUser(error)) return null;
    throw error;
  }
}

/** The stored user; a member who is not stored yet is saved. @returns null for a Slack user who is no confirmed member of the organization */
export async function findOrSaveMember(
  tx: Transaction,
  slackUser: string,
  emailDomain: string,
): Promise<User | null> {
  const stored = await findUserBySlackId(tx, slackUser);
  if (stored) return stored;
  const member = await fetchMember(slackUser, emailDomain);
  return member && saveMember(tx, member);
}

/** Reply to users who are not members of the organization. */
export function membersOnly(emailDomain: string): string {
  return `Only members with a confirmed address at ${emailDomain} can do this.`;
}

/** Custom fields of a profile by id. Slack sends an empty list if there are none. */
type ProfileFields = Record<string, { value?: string } | undefined> | undefined;

/** The GitHub login in a profile field. @returns null if the field is empty or contains no login */
export function readLoginField(fields: ProfileFields, fieldId: string): string | null {
  return parseGitHubLogin(fields?.[fieldId]?.value ?? "");
}

/**
 * The GitHub login in a user's Slack profile. It takes a call per user: `users.list` and `users.info` leave out the custom fields.
 * https://docs.slack.dev/reference/methods/users.profile.get
 *
 * @param options.longestWaitMs for a rate limit to end
 * @throws what `callSlack` throws
 */
export async function fetchProfileLogin(
  user: string,
  fieldId: string,
  options?: { longestWaitMs: number },
): Promise<string | null> {
  const { profile } = await callSlack((slack) => slack.users.profile.get({ user }), options);
  return readLoginField(profile?.fields, fieldId);
}

/**
 * Stores a member and the GitHub login in their profile. If the profile contains no login, a login linked in App Home stays.
 *
 * @returns whether another user holds the login; then that user keeps it
 */
export async function syncMember(
  db: Connection,
  member: SlackMember,
  login: string | null,
): Promise<boolean> {
  const user = await saveMember(db, member);
  if (login === null || user.githubUser?.toLowerCase() === login.toLowerCase()) return false;
  const holder = await linkGitHub(db, user.id, login);
  if (holder)
    log("WARNING", "A profile names a GitHub login that is linked to another user", {
      login,
      profile: member.slackUser,
      holder: holder.slackUser,
    });
  return holder !== undefined;
}

/** Whether a user has left the organization: deactivated, or a guest. An unconfirmed e-mail address means neither. */
export function hasLeft({ deleted, is_restricted, is_ultra_restricted }: SlackUser): boolean {
  return deleted === true || is_restricted === true || is_ultra_restricted === true;
}
