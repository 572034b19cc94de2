import { and, asc, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../shared/database/database.ts";
import { passedChecks, slackMessages } from "../../shared/database/schema.ts";
import { parseMessages } from "../../shared/database/slack-messages.ts";
import type { CheckHistory } from "./decide.ts";
import { failure, REQUIRED_CHECK, type RememberedFailure } from "./failure.ts";
import type { RequiredCheck } from "./required-check.ts";

/** Reads the failures already posted for a check's branch, and whether the branch has passed since. */
export async function readHistory(tx: Transaction, check: RequiredCheck): Promise<CheckHistory> {
  return { failures: await readFailures(tx, check), passedSince: await hasPassedSince(tx, check) };
}

/** Stores that a commit passed, with the times of its latest passing run. */
export async function rememberPass(tx: Transaction, { repository, branch, sha, ...check }: RequiredCheck) {
  const times = { startedAt: new Date(check.startedAt), completedAt: new Date(check.completedAt) };
  await tx
    .insert(passedChecks)
    .values({ repository, branch, sha, ...times })
    .onConflictDoUpdate({
      target: [passedChecks.repository, passedChecks.branch, passedChecks.sha],
      set: times,
      setWhere: sql`excluded.completed_at > ${passedChecks.completedAt}`,
    });
}

async function readFailures(
  tx: Transaction,
  { repository, branch, sha }: RequiredCheck,
): Promise<RememberedFailure[]> {
  const field = (name: string) => sql`${slackMessages.context} ->> ${name}`;
  const rows = await tx
    .select()
    .from(slackMessages)
    .where(
      and(
        eq(slackMessages.type, REQUIRED_CHECK),
        eq(field("repository"), repository),
        eq(field("branch"), branch),
        or(eq(field("status"), "failing"), eq(slackMessages.ref, sha)),
      ),
    )
    .orderBy(asc(slackMessages.id));
  return parseMessages(rows, failure);
}

/** For another commit, the start of its check counts: checks start in the order of commits. */
async function hasPassedSince(
  tx: Transaction,
  { repository, branch, sha, ...check }: RequiredCheck,
): Promise<boolean> {
  const [passed] = await tx
    .select({ sha: passedChecks.sha })
    .from(passedChecks)
    .where(
      and(
        eq(passedChecks.repository, repository),
        eq(passedChecks.branch, branch),
        or(
          and(eq(passedChecks.sha, sha), gt(passedChecks.completedAt, new Date(check.completedAt))),
          and(ne(passedChecks.sha, sha), gt(passedChecks.startedAt, new Date(check.startedAt))),
        ),
      ),
    )
    .limit(1);
  return passed !== undefined;
}
