import { z } from "zod";
import { deployment } from "./deployment.ts";
import { incident } from "./incident.ts";

/** RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const timestamp = z.iso.datetime({ precision: 3 }).describe("RFC 3339, UTC, milliseconds");

/** null if the sender does not give it. */
export const accountType = z.enum(["user", "bot", "organization"]).nullable();

const actor = z
  .object({
    id: z.string().nullable().describe("Sender's id of the person or bot"),
    name: z.string().describe("Login, e-mail address or name, as the sender gives it"),
    type: accountType.describe("null if the sender does not give it"),
  })
  .describe("Person or bot that caused the event");

const payloadDropped = z
  .object({
    bytes: z.int().describe("Size of the sender's body"),
    reason: z.string(),
  })
  .describe("Present if the payload was dropped because it would exceed a limit of size or nesting");

/** Fields of every event. Their meaning follows CloudEvents 1.0, https://github.com/cloudevents/spec */
export const envelope = z.object({
  id: z.string().min(1).max(255).describe("The sender's delivery id, or a hash of source and body"),
  type: z.string().describe("<source>.<event>[.<action>]"),
  subject: z.string().min(1).max(1024).describe("Object of the event"),
  time: timestamp.describe(
    "When it happened at the sender; receivedAt if the sender gives no plausible time (RFC 3339, UTC, milliseconds)",
  ),
  receivedAt: timestamp.describe("When the source function received it (RFC 3339, UTC, milliseconds)"),
  actor: actor.nullable(),
  deployment: deployment.nullable().optional(),
  incident: incident.nullable().optional(),
  payload: z.record(z.string(), z.unknown()).nullable().describe("Complete body from the sender"),
  payloadDropped: payloadDropped.optional(),
  origin: z
    .literal("backfill")
    .optional()
    .describe("Present if the event was read from the sender's API afterwards; it is not published"),
});
