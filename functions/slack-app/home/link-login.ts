import type { Config } from "../../../shared/config.ts";
import type { Transaction } from "../../../shared/database/database.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { linkGitHub, saveMember } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { clippedText } from "../../../shared/slack/mrkdwn.ts";
import type { AppContext } from "../define-command.ts";
import { fetchMember, fetchProfileLogin, membersOnly } from "../members/member.ts";
import { processingKey } from "../reply.ts";
import { parseGitHubLogin } from "./github-login.ts";
import { publishHome } from "./publish-home.ts";

const MAX_TYPED = 100;

export interface Linking {
  user: string;
  /** The login as the user typed it into App Home. */
  typed: string;
}

/** @property inProfile whether the Slack profile names this login */
type LinkOutcome =
  | { outcome: "no-member" | "no-login" }
  | { outcome: "linked" | "taken"; login: string; inProfile: boolean };

/** Links a user to a GitHub login, and shows the result in App Home. */
export async function linkLogin(event: SlackEvent, linking: Linking, app: AppContext) {
  await processOnce(processingKey(event, linking.user), async ({ tx }) => {
    const outcome = await link(tx, linking, app.config);
    await publishHome(tx, linking.user, app, linkNotice(outcome, linking.typed, app.config));
  });
}

async function link(tx: Transaction, { user, typed }: Linking, config: Config): Promise<LinkOutcome> {
  const member = await fetchMember(user, config.emailDomain);
  if (!member) return { outcome: "no-member" };
  // Only the user can change the profile field, but anybody can type a login: the field takes precedence.
  const profileLogin = await fetchProfileLogin(user, config.slackGitHubField);
  const login = profileLogin ?? parseGitHubLogin(typed);
  if (login === null) return { outcome: "no-login" };
  const { id } = await saveMember(tx, member);
  const holder = await linkGitHub(tx, id, login);
  return { outcome: holder ? "taken" : "linked", login, inProfile: profileLogin !== null };
}

function linkNotice(result: LinkOutcome, typed: string, { emailDomain }: Config): string {
  switch (result.outcome) {
    case "no-member":
      return `:warning: ${membersOnly(emailDomain)}`;
    case "no-login":
      return `:warning: “${clippedText(typed.trim(), MAX_TYPED)}” is no GitHub login: those have letters, digits and single hyphens between them, at most 39 in all.`;
    case "taken":
      return `:warning: The GitHub login *${result.login}* is linked to somebody else already, so it was not linked to you. If it is yours, ask them to link their own.`;
    case "linked":
      return `:white_check_mark: You are linked to *${result.login}*${profileRemark(result, typed)}.`;
  }
}

/** Says why another login than the typed one was linked. */
function profileRemark({ login, inProfile }: { login: string; inProfile: boolean }, typed: string): string {
  const isTyped = parseGitHubLogin(typed)?.toLowerCase() === login.toLowerCase();
  return inProfile && !isTyped ? ", which your Slack profile names" : "";
}
