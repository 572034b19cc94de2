import { and, eq, gt, inArray, isNotNull, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../shared/database/database.ts";
import { commitChecks } from "../../shared/database/schema.ts";
import type { CheckHistory } from "./decide.ts";
import { prolongFailure, readFailures } from "./failure.ts";
import type { RequiredCheck } from "./required-check.ts";
import type { Watch } from "./watch.ts";

/** Stores a run of a commit's check, and whether the commit passed. */
export async function rememberRun(tx: Transaction, check: RequiredCheck) {
  const { repository, branch, name, sha, startedAt, completedAt, verdict } = check;
  const passedAt = verdict === "passed" ? completedAt : null;
  await tx
    .insert(commitChecks)
    .values({
      repository,
      branch,
      checkName: name,
      sha,
      firstStartedAt: startedAt,
      lastCompletedAt: completedAt,
      passedAt,
    })
    .onConflictDoUpdate({
      target: [commitChecks.repository, commitChecks.branch, commitChecks.checkName, commitChecks.sha],
      set: {
        firstStartedAt: sql`least(${commitChecks.firstStartedAt}, excluded.first_started_at)`,
        lastCompletedAt: sql`greatest(${commitChecks.lastCompletedAt}, excluded.last_completed_at)`,
        // PostgreSQL's greatest() ignores null.
        passedAt: sql`greatest(${commitChecks.passedAt}, excluded.passed_at)`,
      },
    });
  if (verdict === "failed") await prolongFailure(tx, check);
}

/** Reads what is known of a check's commit and branch, after `rememberRun`. */
export async function readHistory(
  tx: Transaction,
  check: RequiredCheck,
  watch: Watch,
): Promise<CheckHistory> {
  const [commit] = await tx
    .select({
      start: sql<Date | null>`min(${commitChecks.firstStartedAt})`.mapWith(commitChecks.firstStartedAt),
      completion: sql<Date | null>`max(${commitChecks.lastCompletedAt})`.mapWith(
        commitChecks.lastCompletedAt,
      ),
    })
    .from(commitChecks)
    .where(and(isOfCheck(check), eq(commitChecks.sha, check.sha)));
  const firstStartedAt = commit?.start ?? check.startedAt;
  return {
    firstStartedAt,
    isSuperseded: Boolean(commit?.completion && commit.completion > check.completedAt),
    failures: await readFailures(tx, check, watch),
    passedSince: await hasPassedSince(tx, check, firstStartedAt),
  };
}

/** Rows of earlier releases, which name no check, are of the only one that the branch had. */
function isOfCheck({ repository, branch, name }: RequiredCheck) {
  return and(
    eq(commitChecks.repository, repository),
    eq(commitChecks.branch, branch),
    inArray(commitChecks.checkName, [name, ""]),
  );
}

async function hasPassedSince(tx: Transaction, check: RequiredCheck, firstStartedAt: Date): Promise<boolean> {
  const { sha, completedAt } = check;
  const [passed] = await tx
    .select({ sha: commitChecks.sha })
    .from(commitChecks)
    .where(
      and(
        isOfCheck(check),
        isNotNull(commitChecks.passedAt),
        or(
          and(eq(commitChecks.sha, sha), gt(commitChecks.passedAt, completedAt)),
          and(ne(commitChecks.sha, sha), gt(commitChecks.firstStartedAt, firstStartedAt)),
        ),
      ),
    )
    .limit(1);
  return passed !== undefined;
}
