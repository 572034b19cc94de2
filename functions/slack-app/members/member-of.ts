import type { Transaction } from "../../../shared/database/database.ts";
import { saveMember, type User, userOfSlack } from "../../../shared/database/users.ts";
import { callSlack } from "../../../shared/slack/call-slack.ts";
import { organizationMember, type SlackMember } from "../../../shared/slack/members.ts";

/** Somebody as Slack knows them now. @returns null for who is no confirmed member of the organization */
export async function memberInSlack(slackUser: string, emailDomain: string): Promise<SlackMember | null> {
  const { user } = await callSlack((slack) => slack.users.info({ user: slackUser }));
  return user ? organizationMember(user, emailDomain) : null;
}

/** What is known of somebody, who is stored when they were not known yet. @returns null for who is no confirmed member of the organization */
export async function memberOf(
  tx: Transaction,
  slackUser: string,
  emailDomain: string,
): Promise<User | null> {
  const known = await userOfSlack(tx, slackUser);
  if (known) return known;
  const member = await memberInSlack(slackUser, emailDomain);
  return member && saveMember(tx, member);
}

/** Said to those who are none. */
export function membersOnly(emailDomain: string): string {
  return `Only members with a confirmed address at ${emailDomain} can do this.`;
}
