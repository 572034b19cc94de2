import { ClockTime } from "./clock-time.tsx";
import { JsonText } from "./json-text.tsx";
import { Layout } from "./layout.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** A call of a scheduled function and the response to it. */
export interface ScheduleRun {
  /** RFC 3339 */
  startedAt: string;
  /** undefined for runs of an earlier release. */
  durationMs?: number;
  status: number;
  /** Body of the response: the summary, or `{"error"}`. */
  response: unknown;
  /** 1, and one more for each retry; undefined if it is not known. */
  attempt?: number;
}

interface ListedSchedule {
  /** Name of the function. */
  name: string;
  description: string;
  schedule: { cron: string; timeZone: string };
  /** Time of the next run, RFC 3339; null for a paused schedule. */
  next: string | null;
  /** Newest first; undefined where runs are not recorded. */
  runs?: ScheduleRun[];
}

interface SchedulesPageProps {
  /** A run that the person asked for and that has not ended: name of the function. */
  started?: string;
  schedules: ListedSchedule[];
  /** Who calls the functions. */
  note: string;
  /** Whether the page has a button that runs a function now. */
  mayRun: boolean;
}

/** Scheduled functions, their next times, and their last runs. */
export function SchedulesPage({ schedules, note, mayRun, started }: SchedulesPageProps) {
  return (
    <Layout title="Schedules" section="Schedules">
      <div className="title">
        <h1>Schedules</h1>
      </div>
      <p className="note about">{note}</p>
      {started !== undefined && (
        <p role="status">
          <strong>{started} is called.</strong> Its run is listed here once it has ended.
        </p>
      )}
      {schedules.map(({ name, description, schedule, next, runs }) => (
        <section key={name} data-schedule={name}>
          <h2>{name}</h2>
          <p>{description}.</p>
          <p>
            <code>{schedule.cron}</code> in {schedule.timeZone},{" "}
            {next === null ? (
              <span className="badge warn">paused</span>
            ) : (
              <>
                next on <ClockTime at={next} isFull />
              </>
            )}
          </p>
          {mayRun && (
            <form method="post" action={`/schedules/${name}/run`} className="actions">
              <button type="submit" aria-label={`Run now: ${name}`}>
                Run now
              </button>
              {runs?.length === 0 && <span className="note">No run yet</span>}
            </form>
          )}
          {runs && runs.length > 0 && <Runs name={name} runs={runs} />}
        </section>
      ))}
    </Layout>
  );
}

function Runs({ name, runs }: { name: string; runs: ScheduleRun[] }) {
  const hasAttempts = runs.some(({ attempt }) => attempt !== undefined);
  return (
    <ScrollRegion label={`Runs of ${name}`}>
      <table className="data wrapped">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col" className="number">
              Milliseconds
            </th>
            {hasAttempts && (
              <th scope="col" className="number">
                Attempt
              </th>
            )}
            <th scope="col">Status</th>
            <th scope="col">Response</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ startedAt, durationMs, attempt, status, response }) => (
            <tr key={startedAt}>
              <td>
                <ClockTime at={startedAt} />
              </td>
              <td className="number">{durationMs}</td>
              {hasAttempts && <td className="number">{attempt}</td>}
              <td>
                <StatusBadge status={status} />
              </td>
              <td>
                <pre>
                  <JsonText value={response} />
                </pre>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
