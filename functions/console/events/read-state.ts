import { eq, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { database } from "../../../shared/database/database.ts";
import { failedChecks, incidents, people, processedEvents, users } from "../../../shared/database/schema.ts";

/** The fields in which decisions of subscribers say that there is nothing to do, and why. */
const decision = z.looseObject({
  kind: z.string().optional(),
  announcements: z.array(z.unknown()).optional(),
  because: z.union([z.string(), z.array(z.string())]).optional(),
});

/** An entry of a subscriber about an event, or about a part of it. */
export interface Processed {
  subscriber: string;
  /** Begun attempts; 0 if something is decided, and nothing begun. */
  attempts: number;
  doneAt: Date | null;
  /** Why there is nothing to do, if that is the stored decision; else null. */
  nothing: string[] | null;
}

export interface PostedMessage {
  subscriber: string;
  /** As configured, or its id. */
  channel: string;
}

export interface EventState {
  processed: Processed[];
  messages: PostedMessage[];
}

/** Reads what subscribers stored about an event. Entries about a part of it begin with its id and a space. */
export async function readEventState(id: string): Promise<EventState> {
  const db = database();
  const rows = await db
    .select()
    .from(processedEvents)
    .where(or(eq(processedEvents.eventId, id), sql`starts_with(${processedEvents.eventId}, ${`${id} `})`))
    .orderBy(processedEvents.subscriber, processedEvents.eventId);
  const failures = await db
    .select({ channel: failedChecks.channel })
    .from(failedChecks)
    .where(eq(failedChecks.eventId, id));
  const opened = await db
    .select({ channel: incidents.channel })
    .from(incidents)
    .where(eq(incidents.messageEventId, id));
  return {
    processed: rows.map(({ subscriber, attempts, doneAt, decision: stored }) => ({
      subscriber,
      attempts,
      doneAt,
      nothing: readNothing(stored),
    })),
    messages: [
      ...failures.map(({ channel }) => ({ subscriber: "required-checks", channel })),
      ...opened.flatMap(({ channel }) => (channel === null ? [] : [{ subscriber: "incidents", channel }])),
    ],
  };
}

function readNothing(stored: unknown): string[] | null {
  const { kind, announcements, because = [] } = decision.safeParse(stored).data ?? {};
  const isNothing = kind === "nothing" || announcements?.length === 0;
  return isNothing ? [because].flat() : null;
}

/** Finds the names of a person, given one of them: address, GitHub logins and Slack user. @returns [] if nobody has the name */
export async function findNames(name: string): Promise<string[]> {
  const db = database();
  const lower = name.toLowerCase();
  const known = await db.select({ slackUser: people.slackUser }).from(people).where(eq(people.value, lower));
  const found = await db
    .select({ email: users.email, slackUser: users.slackUser, githubUser: users.githubUser })
    .from(users)
    .where(
      or(
        sql`lower(${users.email}) = ${lower}`,
        sql`lower(${users.githubUser}) = ${lower}`,
        sql`lower(${users.slackUser}) = ${lower}`,
        inArray(
          users.slackUser,
          known.map(({ slackUser }) => slackUser),
        ),
      ),
    );
  const slackUsers = found.flatMap(({ slackUser }) => slackUser ?? []);
  const logins = await db
    .select({ value: people.value })
    .from(people)
    .where(inArray(people.slackUser, slackUsers));
  const names = found.flatMap(({ email, slackUser, githubUser }) =>
    [email, slackUser ?? [], githubUser ?? []].flat(),
  );
  return [...new Set([...names, ...logins.map(({ value }) => value)])];
}
