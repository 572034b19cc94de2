import { z } from "zod";
import type { ScheduleRun } from "../../../shared/console/schedules-page.tsx";
import { type ListLogEntries, type LogEntry, quote } from "../../../shared/logging/log-reader.ts";

/** Runs of each function. */
const MAX_RUNS = 5;
/** Entries are kept for thirty days: https://cloud.google.com/logging/quotas#logs_retention_periods */
const DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/** The last line of a run: shared/schedule/define-schedule.ts. */
const payload = z.object({
  outcome: z.enum(["finished", "failed"]),
  durationMs: z.number().optional(),
  summary: z.unknown(),
  error: z.string().optional(),
});

/**
 * Reads the last runs of a scheduled function from its log, newest first.
 *
 * @throws Cloud Logging's errors
 */
export async function readRuns(listEntries: ListLogEntries, name: string, now: Date): Promise<ScheduleRun[]> {
  const since = new Date(now.getTime() - DAYS * DAY_MS).toISOString();
  const filter = `timestamp>=${quote(since)} AND jsonPayload.schedule=${quote(name)} AND jsonPayload.outcome=("finished" OR "failed")`;
  return (await listEntries(filter, MAX_RUNS)).flatMap(toRun);
}

function toRun({ timestamp, jsonPayload }: LogEntry): ScheduleRun[] {
  const parsed = payload.safeParse(jsonPayload);
  if (!parsed.success) return [];
  const { outcome, durationMs, summary, error } = parsed.data;
  return [
    {
      startedAt: new Date(Date.parse(timestamp) - (durationMs ?? 0)).toISOString(),
      ...(durationMs !== undefined && { durationMs }),
      status: outcome === "finished" ? 200 : 500,
      response: outcome === "finished" ? summary : { error },
    },
  ];
}
