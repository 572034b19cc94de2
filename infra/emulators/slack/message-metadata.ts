import { z } from "zod";
import { SlackError } from "./errors.ts";

const primitive = z.union([z.string(), z.number(), z.boolean()]);
const record = z.record(z.string(), primitive);

/** https://docs.slack.dev/messaging/message-metadata/designing-metadata-event-schema */
const schema = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.union([primitive, record, z.array(z.union([primitive, record]))])),
});

export type MessageMetadata = z.infer<typeof schema>;

/** Slack documents that there is a limit but not its value. This one is assumed to be lower. */
const MAX_BYTES = 8000;

/**
 * Validates the metadata of a message.
 *
 * @returns undefined if absent, null for the empty object, which removes the metadata
 * @throws {SlackError} invalid_metadata_format, metadata_too_large
 */
export function readMetadata(given: unknown): MessageMetadata | null | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "object" && given !== null && Object.keys(given).length === 0) return null;
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new SlackError("invalid_metadata_format");
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > MAX_BYTES) throw new SlackError("metadata_too_large");
  return parsed.data;
}
