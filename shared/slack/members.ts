/** What is read of a Slack user, https://docs.slack.dev/reference/objects/user-object */
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
  /** In lower case. */
  email: string;
}

/** A confirmed member of the organization: no bot, no guest, not deactivated, with an e-mail address of its domain. @returns null for anybody else */
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

/** Whether an e-mail address is the organization's own. */
export function isAtDomain(email: string, domain: string): boolean {
  return email.toLowerCase().endsWith(`@${domain.toLowerCase()}`);
}
