import { callSlack } from "../../../shared/slack/call-slack.ts";
import { githubLogin } from "../home/github-login.ts";

/** What is read of a profile's fields; Slack's answer is an empty list where there are none. */
type Fields = Record<string, { value?: string } | undefined> | undefined;

/** The GitHub login that a field of a profile names. @returns null where it is empty, or names none */
export function loginIn(fields: Fields, fieldId: string): string | null {
  return githubLogin(fields?.[fieldId]?.value ?? "");
}

/**
 * The GitHub login that somebody's Slack profile names. Lists of users do not have the profile's own fields.
 * https://docs.slack.dev/reference/methods/users.profile.get
 *
 * @param longestWaitMs for a rate limit to end
 * @throws what `callSlack` throws
 */
export async function profileLogin(
  user: string,
  fieldId: string,
  options?: { longestWaitMs: number },
): Promise<string | null> {
  const { profile } = await callSlack((slack) => slack.users.profile.get({ user }), options);
  return loginIn(profile?.fields, fieldId);
}
