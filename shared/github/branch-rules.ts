import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { database } from "../database/database.ts";
import { branchRules } from "../database/schema.ts";
import { log } from "../observability/log.ts";
import type { Service } from "../organization/organization.ts";
import { readRequiredChecks } from "./required-checks-of-branch.ts";

/** GitHub sends an event for each change; this also finds those whose event was lost. */
const FRESH_MS = 60 * 60_000;

const names = z.array(z.string());
type Branch = Pick<Service, "repository" | "branch">;

/**
 * The checks that a service requires of a commit: those that it names, or with `auto` those that GitHub requires of its branch. GitHub's
 * are stored, and read again after an hour. While GitHub does not respond, the stored ones stay.
 *
 * @throws GitHub's errors, if none are stored
 */
export async function requiredChecksOf({ repository, branch, requiredChecks }: Service): Promise<string[]> {
  if (requiredChecks !== "auto") return requiredChecks;
  const stored = await readStored({ repository, branch });
  if (stored && Date.now() - stored.readAt.getTime() < FRESH_MS) return stored.checks;
  try {
    return await refreshBranchRules({ repository, branch });
  } catch (error) {
    if (!stored) throw error;
    log("WARNING", "GitHub does not return the required checks of a branch; the stored ones are used", {
      repository,
      branch,
      error,
    });
    return stored.checks;
  }
}

/**
 * Reads the checks that GitHub requires of a branch, and stores them. Of two concurrent calls, the one that GitHub answers last is kept.
 *
 * @throws GitHub's errors
 */
export async function refreshBranchRules({ repository, branch }: Branch): Promise<string[]> {
  const checks = await readRequiredChecks(repository, branch);
  await database()
    .insert(branchRules)
    .values({ repository: repository.toLowerCase(), branch, checks, readAt: sql`now()` })
    .onConflictDoUpdate({
      target: [branchRules.repository, branchRules.branch],
      set: { checks, readAt: sql`now()` },
    });
  return checks;
}

async function readStored({ repository, branch }: Branch) {
  const [row] = await database()
    .select()
    .from(branchRules)
    .where(and(eq(branchRules.repository, repository.toLowerCase()), eq(branchRules.branch, branch)));
  const parsed = names.safeParse(row?.checks);
  return row && parsed.success ? { checks: parsed.data, readAt: row.readAt } : undefined;
}
