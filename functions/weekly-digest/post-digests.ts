import { database } from "../../shared/database/database.ts";
import { decideOnce, processOnce, readDecision } from "../../shared/database/process-once.ts";
import { log } from "../../shared/observability/log.ts";
import type { Organization } from "../../shared/organization/organization.ts";
import type { RunSummary } from "../../shared/schedule/define-schedule.ts";
import { postOnce } from "../../shared/slack/slack-message.ts";
import { digestMessage } from "./digest-message.ts";
import { addDays, dueWeek } from "./due-week.ts";
import { isEmptyWeek, type RunQuery, readWeek, weekRows } from "./read-week.ts";

const subscriber = "weekly-digest";

type Teams = Pick<Organization, "teams" | "services" | "timeZone">;
type Team = Organization["teams"][number];

interface RunOptions {
  now: Date;
  query: RunQuery;
}

/**
 * Posts the digest of the week that is due to each team that owns a service, once. One team's failure does not hold back the others.
 *
 * The rows are stored before the message is posted: a run that repeats another one posts, or finds in Slack, the same message.
 *
 * @throws {AggregateError} if a team failed; the next run repeats it
 */
export async function postDigests(organization: Teams, { now, query }: RunOptions): Promise<RunSummary> {
  const week = dueWeek(now, organization.timeZone);
  if (week === null) return { week, posted: [] };
  const posted: string[] = [];
  const failures: unknown[] = [];
  for (const team of organization.teams.filter(({ digest }) => digest === "weekly")) {
    try {
      if (await postDigest(team, { organization, week, query })) posted.push(team.name);
    } catch (error) {
      log("ERROR", "The digest of a team could not be posted", { team: team.name, week, error });
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `The digests of ${failures.length} teams failed`);
  return { week, posted };
}

/** @returns whether this run posted the digest */
async function postDigest(
  team: Team,
  { organization: { services }, week, query }: { organization: Teams; week: string; query: RunQuery },
): Promise<boolean> {
  const owned = services.filter((service) => service.team === team.name);
  if (owned.length === 0) return false;
  // No message about a week is older than its last day.
  const event = { id: `${subscriber} ${week} ${team.name}`, receivedAt: `${addDays(week, 6)}T00:00:00.000Z` };
  const key = { subscriber, event, lock: event.id };
  // BigQuery is asked without a lock: two runs at once both ask, and the rows of the first one count.
  const rows =
    (await readDecision(database(), key, weekRows)) ?? (await readWeek(query, { owned, services, week }));
  const decision = await decideOnce(key, weekRows, async (_, earlier) => earlier ?? rows);
  if (!decision) return false;
  let isPosted = false;
  await processOnce(key, async ({ isRetry }) => {
    if (isEmptyWeek(decision)) return;
    const posting = { event, part: subscriber, isRetry, channel: team.channel };
    await postOnce(digestMessage(decision, { team: team.name, week }), posting);
    isPosted = true;
  });
  return isPosted;
}
