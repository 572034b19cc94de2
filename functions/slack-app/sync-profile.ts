import { z } from "zod";
import type { Config } from "../../shared/config.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { findUserBySlackId, forgetMember } from "../../shared/database/users.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { slackUser, toOrganizationMember } from "../../shared/slack/members.ts";
import { fetchProfileLogin, hasLeft, readLoginField, syncMember } from "./member.ts";
import { processingKey } from "./reply.ts";

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

const fields = z.record(z.string(), z.object({ value: z.string() }));

const changedUser = slackUser.extend({
  id: z.string(),
  profile: z.object({
    email: z.string().optional(),
    // Slack may leave the fields out, or send null or an empty list, although the profile has some.
    fields: fields.optional().catch(undefined),
  }),
});

/** https://docs.slack.dev/reference/events/user_change */
const userChange = z.object({ event: z.object({ user: changedUser }) });

export interface ChangedUser {
  user: z.infer<typeof changedUser>;
  /** Custom fields of the profile by id. Undefined if Slack sent none; the profile may still have some. */
  fields: z.infer<typeof fields> | undefined;
}

/** Reads the body of a `user_change` event. @returns null for a body of another shape */
export function parseChangedUser(payload: unknown): ChangedUser | null {
  const parsed = userChange.safeParse(payload);
  if (!parsed.success) return null;
  const { user } = parsed.data.event;
  const sent = user.profile.fields;
  return { user, fields: sent && Object.keys(sent).length > 0 ? sent : undefined };
}
