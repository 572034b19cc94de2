import { z } from "zod";
import type { SlackUser } from "../../../shared/slack/members.ts";

const fields = z.record(z.string(), z.object({ value: z.string() }));

/** https://docs.slack.dev/reference/events/user_change */
const userChange = z.object({
  event: z.object({
    user: z.object({
      id: z.string(),
      deleted: z.boolean().optional(),
      is_bot: z.boolean().optional(),
      is_restricted: z.boolean().optional(),
      is_ultra_restricted: z.boolean().optional(),
      is_email_confirmed: z.boolean().optional(),
      profile: z.object({
        email: z.string().optional(),
        // Slack may leave the fields out, or send null or an empty list, although the profile has some.
        fields: fields.optional().catch(undefined),
      }),
    }),
  }),
});

export interface ChangedUser {
  user: SlackUser & { id: string };
  /** Custom fields of the profile by id. Undefined if Slack sent none; the profile may still have some. */
  fields: Record<string, { value: string }> | undefined;
}

/** Reads the body of a `user_change` event. @returns null for a body of another shape */
export function parseChangedUser(payload: unknown): ChangedUser | null {
  const parsed = userChange.safeParse(payload);
  if (!parsed.success) return null;
  const { user } = parsed.data.event;
  const { profile } = user;
  const sent = profile.fields && Object.keys(profile.fields).length > 0 ? profile.fields : undefined;
  return { user, fields: sent };
}
