import type { Config } from "../../../shared/config.ts";
import { clippedText } from "../../../shared/slack/mrkdwn.ts";
import { membersOnly } from "../members/member-of.ts";
import { githubLogin } from "./github-login.ts";

/** @property inProfile whether the login is the one that the Slack profile names */
export type LinkOutcome =
  | { outcome: "no-member" | "no-login" }
  | { outcome: "linked" | "taken"; login: string; inProfile: boolean };

const MAX_TYPED = 100;

/** What App Home says after somebody asked to be linked to what they typed. */
export function linkNotice(
  result: LinkOutcome,
  typed: string,
  { emailDomain }: Pick<Config, "emailDomain">,
): string {
  switch (result.outcome) {
    case "no-member":
      return `:warning: ${membersOnly(emailDomain)}`;
    case "no-login":
      return `:warning: “${clippedText(typed.trim(), MAX_TYPED)}” is no GitHub login: those have letters, digits and single hyphens between them, at most 39 in all.`;
    case "taken":
      return `:warning: The GitHub login *${result.login}* is linked to somebody else already, so it was not linked to you. If it is yours, ask them to link their own.`;
    case "linked":
      return `:white_check_mark: You are linked to *${result.login}*${whyNotTyped(result, typed)}.`;
  }
}

function whyNotTyped({ login, inProfile }: { login: string; inProfile: boolean }, typed: string): string {
  const asked = githubLogin(typed)?.toLowerCase() === login.toLowerCase();
  return inProfile && !asked ? ", which your Slack profile names" : "";
}
