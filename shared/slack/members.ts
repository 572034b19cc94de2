/** The fields of a Slack user that decide whether they are a member, https://docs.slack.dev/reference/objects/user-object */
export interface SlackUser {
  id?: string | undefined;
  deleted?: boolean | undefined;
  is_bot?: boolean | undefined;
  is_restricted?: boolean | undefined;
  is_ultra_restricted?: boolean | undefined;
  is_email_confirmed?: boolean | undefined;
  profile?: { email?: string | undefined } | undefined;
}

export interface SlackMember {
  slackUser: string;
  /** Lower case. */
  email: string;
}

/**
 * A member of the organization is no bot, no guest and not deactivated, and has a confirmed e-mail address of the organization's domain.
 *
 * @returns null for other users
 */
export function toOrganizationMember(user: SlackUser, emailDomain: string): SlackMember | null {
  const email = user.profile?.email?.toLowerCase();
  const isMember =
    user.deleted !== true &&
    user.is_bot !== true &&
    user.is_restricted !== true &&
    user.is_ultra_restricted !== true &&
    user.is_email_confirmed === true;
  if (!user.id || !email || !isMember || !isAtDomain(email, emailDomain)) return null;
  return { slackUser: user.id, email };
}

/** Whether an e-mail address belongs to a domain, which excludes its subdomains. */
export function isAtDomain(email: string, domain: string): boolean {
  return email.toLowerCase().endsWith(`@${domain.toLowerCase()}`);
}
