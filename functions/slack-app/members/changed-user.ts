import { z } from "zod";
import { slackUser } from "../../../shared/slack/members.ts";

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
