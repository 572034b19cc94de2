import type { Database, Transaction } from "../../../shared/database/database.ts";
import { linkGitHub, saveMember } from "../../../shared/database/users.ts";
import { log } from "../../../shared/observability/log.ts";
import type { SlackMember, SlackUser } from "../../../shared/slack/members.ts";

/**
 * Writes down a member, and the GitHub login that their profile names. A profile that names none leaves the login alone that was linked in
 * App Home.
 *
 * @returns whether the login is linked to somebody else already, so that it was left with them
 */
export async function syncMember(
  db: Database | Transaction,
  member: SlackMember,
  login: string | null,
): Promise<boolean> {
  const user = await saveMember(db, member);
  if (login === null || user.githubUser?.toLowerCase() === login.toLowerCase()) return false;
  const holder = await linkGitHub(db, user.id, login);
  if (holder)
    log("WARNING", "A profile names a GitHub login that is linked to somebody else", {
      login,
      profile: member.slackUser,
      holder: holder.slackUser,
    });
  return holder !== undefined;
}

/** Whether somebody is none of the organization's people any more: deactivated, or a guest. An address that is yet to be confirmed means neither. */
export function hasLeft({ deleted, is_restricted, is_ultra_restricted }: SlackUser): boolean {
  return deleted === true || is_restricted === true || is_ultra_restricted === true;
}
