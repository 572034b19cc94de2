import type { Config } from "../../../shared/config.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { forgetMember, userOfSlack } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { organizationMember } from "../../../shared/slack/members.ts";
import { processingKey } from "../processing-key.ts";
import type { ChangedUser } from "./changed-user.ts";
import { loginIn, profileLogin } from "./profile-login.ts";
import { hasLeft, syncMember } from "./sync-member.ts";

/** Brings what is known of somebody up to date after their profile was changed; every new status is such a change. */
export async function syncProfile(event: SlackEvent, { user, fields }: ChangedUser, config: Config) {
  const member = organizationMember(user, config.emailDomain);
  const left = hasLeft(user);
  if (!member && !left) return;
  await processOnce(processingKey(event, user.id), async ({ tx }) => {
    if (left) return forgetMember(tx, user.id);
    if (!member) return;
    const known = await userOfSlack(tx, user.id);
    const named = fields && loginIn(fields, config.slackGitHubField);
    const isNews = named === undefined || (named !== null && named !== known?.githubUser);
    // What the event says may be old by now; the profile says what is true.
    const login = isNews ? await profileLogin(user.id, config.slackGitHubField) : null;
    await syncMember(tx, member, login);
  });
}
