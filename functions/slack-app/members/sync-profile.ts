import type { Config } from "../../../shared/config.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { findUserBySlackId, forgetMember } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { toOrganizationMember } from "../../../shared/slack/members.ts";
import { processingKey } from "../reply.ts";
import type { ChangedUser } from "./changed-user.ts";
import { fetchProfileLogin, hasLeft, readLoginField, syncMember } from "./member.ts";

/** Updates the stored user after their profile was changed. Slack sends the same event for each new status. */
export async function syncProfile(event: SlackEvent, { user, fields }: ChangedUser, config: Config) {
  const member = toOrganizationMember(user, config.emailDomain);
  const left = hasLeft(user);
  if (!member && !left) return;
  await processOnce(processingKey(event, user.id), async ({ tx }) => {
    if (left) return forgetMember(tx, user.id);
    if (!member) return;
    const stored = await findUserBySlackId(tx, user.id);
    const sentLogin = fields && readLoginField(fields, config.slackGitHubField);
    const mayHaveChanged =
      sentLogin === undefined || (sentLogin !== null && sentLogin !== stored?.githubUser);
    // The event may be outdated: events arrive in any order. Read the profile instead.
    const login = mayHaveChanged ? await fetchProfileLogin(user.id, config.slackGitHubField) : null;
    await syncMember(tx, member, login);
  });
}
