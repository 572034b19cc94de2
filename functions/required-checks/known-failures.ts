import { and, asc, eq, or, sql } from "drizzle-orm";
import type { Transaction } from "../../shared/database/database.ts";
import { slackMessages } from "../../shared/database/schema.ts";
import { REQUIRED_CHECK, type RememberedFailure } from "./failure.ts";
import type { RequiredCheck } from "./required-check-of.ts";

/** The failing commits of a check's branch, and whatever is known of its own commit; oldest first. */
export async function knownFailures(
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
  return rows as RememberedFailure[];
}
