import { z } from "zod";
import type { Config } from "../../shared/config.ts";
import type { Connection, Transaction } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import {
  findUserBySlackId,
  forgetMember,
  linkGitHub,
  saveMember,
  type User,
} from "../../shared/database/users.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { log } from "../../shared/observability/log.ts";
import { callSlack, isUnknownUser } from "../../shared/slack/call-slack.ts";
import {
  type SlackMember,
  type SlackUser,
  slackUser,
  toOrganizationMember,
} from "../../shared/slack/members.ts";
import { processingKey } from "./reply.ts";

/** @returns null for a Slack user who is no confirmed member of the organization */
export async function fetchMember(slackUser: string, emailDomain: string): Promise<SlackMember | null> {
  const user = await fetchUser(slackUser);
  return user && toOrganizationMember(user, emailDomain);
}

/** The user as Slack has them now, https://docs.slack.dev/reference/methods/users.info @returns null for a user whom Slack does not show */
async function fetchUser(slackUser: string): Promise<SlackUser | null> {
  try {
    const { user } = await callSlack((slack) => slack.users.info({ user: slackUser }));
    return user ?? null;
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

/** Custom fields of a profile by id. Slack sends an empty list for a profile without them. */
type ProfileFields = Record<string, { value?: string } | undefined> | undefined;

/** The GitHub login in a profile field. @returns null if the field is empty or contains no login */
function readLoginField(fields: ProfileFields, fieldId: string | undefined): string | null {
  return fieldId === undefined ? null : parseGitHubLogin(fields?.[fieldId]?.value ?? "");
}

/**
 * The GitHub login in a user's Slack profile. It takes a call per user: `users.list` and `users.info` leave out the custom fields.
 * https://docs.slack.dev/reference/methods/users.profile.get
 *
 * @param fieldId undefined if the organization has no such field
 * @param options.longestWaitMs for a rate limit to end
 * @throws what `callSlack` throws
 */
export async function fetchProfileLogin(
  user: string,
  fieldId: string | undefined,
  options?: { longestWaitMs: number },
): Promise<string | null> {
  if (fieldId === undefined) return null;
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

const MAX_LENGTH = 39;

/**
 * Reads a GitHub login from text that a user typed or wrote into their profile: the plain login, `@login`, or the address of the profile
 * page, with or without protocol.
 *
 * @returns null for text that is no login: those have letters, digits and single hyphens between them
 */
export function parseGitHubLogin(typed: string): string | null {
  const login = typed
    .trim()
    .replace(/^<(.*?)(?:\|.*)?>$/, "$1")
    .replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, "")
    .replace(/[?#].*$/, "")
    .replace(/^@/, "")
    .replace(/\/+$/, "");
  return login.length <= MAX_LENGTH && /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(login) ? login : null;
}

/** Updates the stored user after their profile was changed. Slack sends the same event for each new status. */
export async function syncProfile(event: SlackEvent, changed: ChangedUser, config: Config) {
  const { id } = changed.user;
  await processOnce(processingKey(event, id), async ({ tx }) => {
    if (!mayBeNews(changed, await findUserBySlackId(tx, id), config)) return;
    // The event may be outdated: events arrive in any order. Slack's current state decides.
    const user = await fetchUser(id);
    if (!user || hasLeft(user)) return forgetMember(tx, id);
    const member = toOrganizationMember(user, config.emailDomain);
    if (member) await syncMember(tx, member, await fetchProfileLogin(id, config.slack.githubField));
  });
}

/** Whether an event about a user differs from what is stored of them. Pure. */
export function mayBeNews(
  { user, fields }: ChangedUser,
  stored: Pick<User, "email" | "githubUser"> | undefined,
  config: Pick<Config, "emailDomain" | "slack">,
): boolean {
  if (hasLeft(user)) return stored !== undefined;
  const member = toOrganizationMember(user, config.emailDomain);
  if (!member) return false;
  if (stored?.email !== member.email || fields === undefined) return true;
  const login = readLoginField(fields, config.slack.githubField);
  return login !== null && login !== stored.githubUser;
}

const fields = z.record(z.string(), z.object({ value: z.string() }));

const changedUser = slackUser.extend({
  id: z.string(),
  profile: z.object({
    email: z.string().optional(),
    // Slack may leave the fields out, or send null or an empty list, although the profile has some.
    fields: fields.optional().catch(undefined),
  }),
});

/** https://docs.slack.dev/reference/events/user_change */
const userChange = z.object({ event: z.object({ user: changedUser }) });

export interface ChangedUser {
  user: z.infer<typeof changedUser>;
  /** Custom fields of the profile by id. Undefined if Slack sent none; the profile may still have some. */
  fields: z.infer<typeof fields> | undefined;
}

/** Reads the body of a `user_change` event. @returns null for a body of another shape */
export function parseChangedUser(payload: unknown): ChangedUser | null {
  const parsed = userChange.safeParse(payload);
  if (!parsed.success) return null;
  const { user } = parsed.data.event;
  const sent = user.profile.fields;
  return { user, fields: sent && Object.keys(sent).length > 0 ? sent : undefined };
}
