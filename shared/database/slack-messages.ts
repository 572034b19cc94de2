import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { MessageRef } from "../slack/slack-message.ts";
import type { Database, Transaction } from "./database.ts";
import { slackMessages } from "./schema.ts";

/** A message that was posted; `Context` is what it has to be drawn again. */
export interface RememberedMessage<Context> extends MessageRef {
  id: number;
  type: string;
  ref: string;
  context: Context;
}

type Connection = Database | Transaction;

/** Remembers a message; one that is remembered already gets the new context. */
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

/** Writes down where a message is now, and what it has to be drawn again. */
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

/** A remembered message as it is now. */
export async function rememberedMessage<Context>(
  db: Connection,
  id: number,
): Promise<RememberedMessage<Context> | undefined> {
  const [row] = await db.select().from(slackMessages).where(eq(slackMessages.id, id));
  return row as RememberedMessage<Context> | undefined;
}

/** The remembered messages of a type about any of some things, oldest first. */
export async function messagesAbout<Context>(
  db: Connection,
  type: string,
  refs: string[],
): Promise<RememberedMessage<Context>[]> {
  if (refs.length === 0) return [];
  const rows = await db
    .select()
    .from(slackMessages)
    .where(and(eq(slackMessages.type, type), inArray(slackMessages.ref, refs)))
    .orderBy(asc(slackMessages.id));
  return rows as RememberedMessage<Context>[];
}

/** The message at a place, if it is remembered under a type. */
export async function messageAt<Context>(
  db: Connection,
  type: string,
  { channel, ts }: MessageRef,
): Promise<RememberedMessage<Context> | undefined> {
  const rows = await db
    .select()
    .from(slackMessages)
    .where(and(eq(slackMessages.type, type), eq(slackMessages.channel, channel), eq(slackMessages.ts, ts)));
  return rows[0] as RememberedMessage<Context> | undefined;
}
