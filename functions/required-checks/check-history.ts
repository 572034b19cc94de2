import { and, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../shared/database/database.ts";
import { checkedCommits, passedChecks } from "../../shared/database/schema.ts";
import type { CheckHistory } from "./decide.ts";
import { prolongFailure, readFailures } from "./failure.ts";
import type { RequiredCheck } from "./required-check.ts";

/** Stores a run of a commit's check, and that the commit passed. */
export async function rememberRun(tx: Transaction, check: RequiredCheck) {
  const { repository, branch, sha, startedAt, completedAt } = check;
  await tx
    .insert(checkedCommits)
    .values({ repository, branch, sha, firstStartedAt: startedAt, lastCompletedAt: completedAt })
    .onConflictDoUpdate({
      target: [checkedCommits.repository, checkedCommits.branch, checkedCommits.sha],
      set: {
        firstStartedAt: sql`least(${checkedCommits.firstStartedAt}, excluded.first_started_at)`,
        lastCompletedAt: sql`greatest(${checkedCommits.lastCompletedAt}, excluded.last_completed_at)`,
      },
    });
  if (check.verdict === "failed") await prolongFailure(tx, check);
  if (check.verdict !== "passed") return;
  await tx
    .insert(passedChecks)
    .values({ repository, branch, sha, startedAt, completedAt })
    .onConflictDoUpdate({
      target: [passedChecks.repository, passedChecks.branch, passedChecks.sha],
      set: { startedAt, completedAt },
      setWhere: sql`excluded.completed_at > ${passedChecks.completedAt}`,
    });
}

/** Reads what is known of a check's commit and branch, after `rememberRun`. */
export async function readHistory(tx: Transaction, check: RequiredCheck): Promise<CheckHistory> {
  const { repository, branch, sha } = check;
  const [commit] = await tx
    .select({ start: checkedCommits.firstStartedAt, completion: checkedCommits.lastCompletedAt })
    .from(checkedCommits)
    .where(
      and(
        eq(checkedCommits.repository, repository),
        eq(checkedCommits.branch, branch),
        eq(checkedCommits.sha, sha),
      ),
    );
  const firstStartedAt = commit?.start ?? check.startedAt;
  return {
    firstStartedAt,
    isSuperseded: commit !== undefined && commit.completion > check.completedAt,
    failures: await readFailures(tx, check),
    passedSince: await hasPassedSince(tx, check, firstStartedAt),
  };
}

async function hasPassedSince(
  tx: Transaction,
  { repository, branch, sha, completedAt }: RequiredCheck,
  firstStartedAt: Date,
): Promise<boolean> {
  // Passes that the release before 0002 stores while this one is being deployed have no first start.
  const passedStart = sql`coalesce(${checkedCommits.firstStartedAt}, ${passedChecks.startedAt})`;
  const [passed] = await tx
    .select({ sha: passedChecks.sha })
    .from(passedChecks)
    .leftJoin(
      checkedCommits,
      and(
        eq(checkedCommits.repository, passedChecks.repository),
        eq(checkedCommits.branch, passedChecks.branch),
        eq(checkedCommits.sha, passedChecks.sha),
      ),
    )
    .where(
      and(
        eq(passedChecks.repository, repository),
        eq(passedChecks.branch, branch),
        or(
          and(eq(passedChecks.sha, sha), gt(passedChecks.completedAt, completedAt)),
          and(ne(passedChecks.sha, sha), gt(passedStart, firstStartedAt)),
        ),
      ),
    )
    .limit(1);
  return passed !== undefined;
}
