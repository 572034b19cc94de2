import type { Config } from "../../../shared/config.ts";
import type { Transaction } from "../../../shared/database/database.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { linkGitHub, saveMember } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { memberInSlack } from "../members/member-of.ts";
import { profileLogin } from "../members/profile-login.ts";
import { processingKey } from "../processing-key.ts";
import { githubLogin } from "./github-login.ts";
import { type LinkOutcome, linkNotice } from "./link-notice.ts";
import { publishHome } from "./publish-home.ts";

export interface Linking {
  user: string;
  /** What was typed into App Home. */
  typed: string;
}

/** Links somebody to a GitHub login, and says in App Home what came of it. */
export async function linkLogin(event: SlackEvent, linking: Linking, config: Config) {
  await processOnce(processingKey(event, linking.user), async ({ tx }) => {
    const outcome = await link(tx, linking, config);
    await publishHome(tx, linking.user, linkNotice(outcome, linking.typed, config));
  });
}

async function link(tx: Transaction, { user, typed }: Linking, config: Config): Promise<LinkOutcome> {
  const member = await memberInSlack(user, config.emailDomain);
  if (!member) return { outcome: "no-member" };
  // Whoever can change the profile's field is who they say; anybody can type a login.
  const named = await profileLogin(user, config.slackGitHubField);
  const login = named ?? githubLogin(typed);
  if (login === null) return { outcome: "no-login" };
  const { id } = await saveMember(tx, member);
  const holder = await linkGitHub(tx, id, login);
  return { outcome: holder ? "taken" : "linked", login, inProfile: named !== null };
}
