import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { log } from "../observability/log.ts";
import type { MessageRef } from "../slack/slack-message.ts";
import type { Connection } from "./database.ts";
import { slackMessages } from "./schema.ts";

/** A posted message; it can be redrawn from its `Context`. */
export interface RememberedMessage<Context> extends MessageRef {
  id: number;
  type: string;
  ref: string;
  context: Context;
}

/** Stores a message; one that is stored already gets the new context. */
export async function rememberMessage<Context>(
  db: Connection,
  message: Omit<RememberedMessage<Context>, "id">,
) {
  await db
    .insert(slackMessages)
    .values(message)
    .onConflictDoUpdate({
      target: [slackMessages.channel, slackMessages.ts],
      set: { type: message.type, ref: message.ref, context: message.context, updatedAt: sql`now()` },
    });
}

/** Stores where a message is now, and its new context. */
export async function changeRemembered<Context>(
  db: Connection,
  id: number,
  { channel, ts, context }: MessageRef & { context: Context },
) {
  await db
    .update(slackMessages)
    .set({ channel, ts, context, updatedAt: sql`now()` })
    .where(eq(slackMessages.id, id));
}

/** @returns undefined if there is no such row, or `parseMessages` rejects it */
export async function rememberedMessage<Context>(
  db: Connection,
  id: number,
  schema: z.ZodType<Context>,
): Promise<RememberedMessage<Context> | undefined> {
  const rows = await db.select().from(slackMessages).where(eq(slackMessages.id, id));
  return parseMessages(rows, schema)[0];
}

/** The messages of a type about any of the refs, oldest first, without those that `parseMessages` rejects. */
export async function messagesAbout<Context>(
  db: Connection,
  type: string,
  refs: string[],
  schema: z.ZodType<Context>,
): Promise<RememberedMessage<Context>[]> {
  if (refs.length === 0) return [];
  const rows = await db
    .select()
    .from(slackMessages)
    .where(and(eq(slackMessages.type, type), inArray(slackMessages.ref, refs)))
    .orderBy(asc(slackMessages.id));
  return parseMessages(rows, schema);
}

/** All messages of a type, oldest first, without those that `parseMessages` rejects. */
export async function messagesOfType<Context>(
  db: Connection,
  type: string,
  schema: z.ZodType<Context>,
): Promise<RememberedMessage<Context>[]> {
  const rows = await db
    .select()
    .from(slackMessages)
    .where(eq(slackMessages.type, type))
    .orderBy(asc(slackMessages.id));
  return parseMessages(rows, schema);
}

/** @returns undefined if no message of this type is stored for this channel and ts, or `parseMessages` rejects it */
export async function messageAt<Context>(
  db: Connection,
  type: string,
  { channel, ts }: MessageRef,
  schema: z.ZodType<Context>,
): Promise<RememberedMessage<Context> | undefined> {
  const rows = await db
    .select()
    .from(slackMessages)
    .where(and(eq(slackMessages.type, type), eq(slackMessages.channel, channel), eq(slackMessages.ts, ts)));
  return parseMessages(rows, schema)[0];
}

/**
 * Parses the contexts of stored messages. A context that does not match the schema, for instance one that an older release wrote, is
 * logged as an error, and its message is left out, as if it had never been stored: it is not redrawn any more.
 */
export function parseMessages<Context>(
  rows: (typeof slackMessages.$inferSelect)[],
  schema: z.ZodType<Context>,
): RememberedMessage<Context>[] {
  return rows.flatMap(({ id, type, ref, channel, ts, context }) => {
    const parsed = schema.safeParse(context);
    if (parsed.success) return [{ id, type, ref, channel, ts, context: parsed.data }];
    log("ERROR", "The stored context of a Slack message does not match its schema; the message is ignored", {
      id,
      type,
      ref,
      issues: z.prettifyError(parsed.error),
    });
    return [];
  });
}
