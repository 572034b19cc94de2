import { eq, sql } from "drizzle-orm";
import type { SlackMember } from "../slack/members.ts";
import { type Connection, lock } from "./database.ts";
import { type Preferences, people, users } from "./schema.ts";

export type User = typeof users.$inferSelect;

export async function findUserBySlackId(db: Connection, slackUser: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.slackUser, slackUser)))[0];
}

/** @param login compared without regard to case */
export async function findUserByLogin(db: Connection, login: string): Promise<User | undefined> {
  return (
    await db
      .select()
      .from(users)
      .where(eq(sql`lower(${users.githubUser})`, login.toLowerCase()))
  )[0];
}

/** @param email compared without regard to case */
export async function findUserByEmail(db: Connection, email: string): Promise<User | undefined> {
  return (await db.select().from(users).where(eq(users.email, email.toLowerCase())))[0];
}

/**
 * Stores a member of the Slack workspace, or their new e-mail address or Slack user.
 * If the e-mail address and the Slack user belong to two rows, they are merged; values of both are kept.
 */
export async function saveMember(db: Connection, { slackUser, email }: SlackMember): Promise<User> {
  return db.transaction(async (tx) => {
    const stored = await findUserBySlackId(tx, slackUser);
    if (stored?.email === email) return stored;
    if (stored) await tx.delete(users).where(eq(users.id, stored.id));
    const [user] = await tx
      .insert(users)
      .values({ email, slackUser, githubUser: stored?.githubUser, preferences: stored?.preferences ?? {} })
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
    if (!user) throw new Error(`The Slack user ${slackUser} was not stored`);
    return user;
  });
}

/** Deletes a former member with their other names, so that their GitHub login can be linked to another user. */
export async function forgetMember(db: Connection, slackUser: string) {
  await db.delete(users).where(eq(users.slackUser, slackUser));
  await db.delete(people).where(eq(people.slackUser, slackUser));
}

/**
 * Links a user to a GitHub login.
 *
 * @returns another user to whom the login is linked already; then nothing changes
 */
export async function linkGitHub(db: Connection, userId: number, login: string): Promise<User | undefined> {
  return db.transaction(async (tx) => {
    // Of two concurrent requests for one login, the second one reads the first one's link.
    await lock(tx, `github ${login.toLowerCase()}`);
    const holder = await findUserByLogin(tx, login);
    if (holder && holder.id !== userId) return holder;
    await tx.update(users).set({ githubUser: login, updatedAt: sql`now()` }).where(eq(users.id, userId));
    return undefined;
  });
}

/** Changes the given preferences of a user, and keeps the others. */
export async function setPreferences(db: Connection, userId: number, changes: Preferences) {
  await db
    .update(users)
    .set({
      preferences: sql`${users.preferences} || ${JSON.stringify(changes)}::jsonb`,
      updatedAt: sql`now()`,
    })
    .where(eq(users.id, userId));
}

/** Whether a user receives direct messages about their own deploys. The default is yes. */
export function wantsDeployNotifications({ preferences }: Pick<User, "preferences">): boolean {
  return preferences.deployNotifications !== "off";
}
