import { eq, sql } from "drizzle-orm";
import type { SlackMember } from "../slack/members.ts";
import type { Database, Transaction } from "./database.ts";
import { lock } from "./lock.ts";
import { type Preferences, users } from "./schema.ts";

export type User = typeof users.$inferSelect;
type Connection = Database | Transaction;

export async function userOfSlack(db: Connection, slackUser: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.slackUser, slackUser)))[0];
}

/** @param login in any case */
export async function userOfGitHub(db: Connection, login: string): Promise<User | undefined> {
  return (
    await db
      .select()
      .from(users)
      .where(eq(sql`lower(${users.githubUser})`, login.toLowerCase()))
  )[0];
}

/** @param email in any case */
export async function userOfEmail(db: Connection, email: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.email, email.toLowerCase())))[0];
}

/**
 * Writes down a member of the Slack workspace, or that their e-mail address or Slack user has changed.
 * Somebody who is known under both, as two, becomes one, with what either had.
 */
export async function saveMember(db: Connection, { slackUser, email }: SlackMember): Promise<User> {
  return db.transaction(async (tx) => {
    const known = await userOfSlack(tx, slackUser);
    if (known?.email === email) return known;
    if (known) await tx.delete(users).where(eq(users.id, known.id));
    const [user] = await tx
      .insert(users)
      .values({ email, slackUser, githubUser: known?.githubUser, preferences: known?.preferences ?? {} })
      .onConflictDoUpdate({
        target: users.email,
        set: {
          slackUser,
          githubUser: sql`coalesce(${users.githubUser}, excluded.github_user)`,
          preferences: sql`excluded.preferences || ${users.preferences}`,
          updatedAt: sql`now()`,
        },
      })
      .returning();
    if (!user) throw new Error(`The user ${email} was not stored`);
    return user;
  });
}

/** Forgets somebody who is no member any more: what they were linked to may be linked to others. */
export async function forgetMember(db: Connection, slackUser: string) {
  await db.delete(users).where(eq(users.slackUser, slackUser));
}

/**
 * Links a user to a GitHub login.
 *
 * @returns the user to whom the login is linked already, if that is somebody else; then nothing was changed
 */
export async function linkGitHub(db: Connection, userId: number, login: string): Promise<User | undefined> {
  return db.transaction(async (tx) => {
    // Two who ask for the same login at once: the second one sees the first one's link.
    await lock(tx, `github ${login.toLowerCase()}`);
    const holder = await userOfGitHub(tx, login);
    if (holder && holder.id !== userId) return holder;
    await tx.update(users).set({ githubUser: login, updatedAt: sql`now()` }).where(eq(users.id, userId));
    return undefined;
  });
}

/** Changes some of a user's preferences, and leaves the others. */
export async function setPreferences(db: Connection, userId: number, changes: Preferences) {
  await db
    .update(users)
    .set({
      preferences: sql`${users.preferences} || ${JSON.stringify(changes)}::jsonb`,
      updatedAt: sql`now()`,
    })
    .where(eq(users.id, userId));
}

/** Whether somebody wants direct messages about their own deploys: yes, until they say no. */
export function wantsDeployNotifications({ preferences }: Pick<User, "preferences">): boolean {
  return preferences.deployNotifications !== "off";
}
