import { Cron } from "croner";
import { SchedulesPage } from "../../../shared/console/schedules-page.tsx";
import { log } from "../../../shared/observability/log.ts";
import { MessagePage } from "../message-page.tsx";
import type { PageContext, PageHandler } from "../page-context.ts";
import { readRuns } from "./read-runs.ts";
import type { Job } from "./scheduler.ts";

/** `GET /schedules`; `?started=<name>` after a run was asked for. */
export const showSchedules: PageHandler = async (context, { query, person }) => {
  const now = new Date();
  const names = context.functions.schedules.map(({ name }) => name);
  const [jobs, ...runs] = await Promise.all([
    orUndefined(context.scheduler.list()),
    ...names.map((name) => orUndefined(readRuns(context.listLogEntries, name, now))),
  ]);
  const schedules = context.functions.schedules.map((each, index) => {
    const ofFunction = runs[index];
    return {
      ...each,
      next: findNext(each.schedule, jobs?.get(each.name)),
      ...(ofFunction && { runs: ofFunction }),
    };
  });
  const started = names.find((name) => name === query.started);
  const page = {
    ...{ schedules, note: describeSources(jobs !== undefined, !runs.includes(undefined)) },
    mayRun: person.role === "operator",
    ...(started !== undefined && { started }),
  };
  return { status: 200, page: <SchedulesPage {...page} /> };
};

/** `POST /schedules/<name>/run`, of operators: Cloud Scheduler calls the function now. */
export const runSchedule: PageHandler = async ({ functions, scheduler }, { params: [name = ""], person }) => {
  if (!functions.schedules.some((each) => each.name === name)) {
    const message = `No scheduled function has the name ${name}.`;
    return { status: 404, page: <MessagePage title="Not found" message={message} /> };
  }
  await scheduler.run(name);
  // The log removes e-mail addresses; the id is in IAP's audit log with the address.
  log("INFO", "An operator ran a schedule", { person: person.id, name });
  return { status: 303, location: `/schedules?${new URLSearchParams({ started: name })}` };
};

/** The page is useful without one of its sources. */
async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    log("WARNING", "A part of the page Schedules cannot be read", { error });
    return undefined;
  }
}

function describeSources(hasJobs: boolean, hasRuns: boolean): string {
  return [
    "Cloud Scheduler calls these functions at their times, and again if one fails. The last runs are from their logs.",
    ...(hasJobs ? [] : ["Cloud Scheduler does not respond: next times are those of the manifests."]),
    ...(hasRuns ? [] : ["Cloud Logging does not respond: runs are missing."]),
  ].join(" ");
}

/** @param job undefined if Cloud Scheduler does not respond, or has none @returns RFC 3339; null for a paused job */
function findNext(
  { cron, timeZone }: PageContext["functions"]["schedules"][number]["schedule"],
  job: Job | undefined,
): string | null {
  if (job && job.state !== "ENABLED") return null;
  // A manifest's expression always has a next time.
  const next = new Cron(cron, { paused: true, mode: "5-part", timezone: timeZone }).nextRun();
  return job?.next ?? (next ?? new Date(0)).toISOString();
}
