import { z } from "zod";

/** The fields of a Slack user that decide whether they are a member, https://docs.slack.dev/reference/objects/user-object */
export const slackUser = z.object({
  id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_email_confirmed: z.boolean().optional(),
  profile: z.object({ email: z.string().optional() }).optional(),
});
export type SlackUser = z.infer<typeof slackUser>;

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
