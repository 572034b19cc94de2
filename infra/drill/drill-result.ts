import type { HookDelivery } from "../emulators/github/deliveries/delivery-log.ts";
import type { CommitState } from "../emulators/github/state.ts";
import { describeMessages } from "../faults/compare.ts";
import type { ConsoleServices, Services } from "../local/services.ts";
import type { HookEvent } from "./hour-of-deliveries.ts";

/** Events in `events_deduplicated`, and rows in `development_metrics_deduplicated`: a completed check has one of each. */
const VIEWS = ["product_eng.events_deduplicated", "product_eng.development_metrics_deduplicated"];

export interface DrillResult {
  exercise: string;
  /** Requests that failed because of the outage, or processes that the rollback replaced. */
  failures: number;
  /** Events that GitHub delivered. */
  delivered: number;
  /** Of them, those whose first delivery got no 2xx. */
  refused: number;
  /** Of them, those that redeliver brought. */
  recovered: number;
  deadLetters: number;
  replayed: number;
  /** Events without their rows, and alerts that were not posted. */
  lost: number;
  /** Rows and alerts that are there more than once. */
  doubled: number;
  /** Minutes from the end of the outage until nothing waited any more. */
  recoveryMinutes: number;
  rollback?: Rollback;
}

/** A rollback of a release. */
export interface Rollback {
  /** The release before, and the one after: abbreviated shas. */
  from: string;
  to: string;
  functions: number;
  /** Functions whose bundles differ. */
  changed: string[];
  /** Responses of the processes of the release after. */
  responses: number;
}

interface Evidence {
  exercise: string;
  events: HookEvent[];
  redCommits: CommitState[];
  /** GitHub's log of these events, oldest first. */
  attempts: HookDelivery[];
  services: Required<Omit<Services, ConsoleServices>>;
  failures: number;
  deadLetters: number;
  replayed: number;
  recoveryMinutes: number;
}

/** Compares what GitHub delivered with the rows in the warehouse and the alerts in Slack. */
export async function judge(evidence: Evidence): Promise<DrillResult> {
  const { exercise, events, attempts, failures, deadLetters, replayed, recoveryMinutes } = evidence;
  const firsts = attempts.filter(({ redelivery }) => !redelivery);
  const refused = new Set(firsts.filter(({ statusCode }) => !isSuccess(statusCode)).map(({ guid }) => guid));
  const recovered = new Set(
    attempts.filter((attempt) => attempt.redelivery && isSuccess(attempt.statusCode)).map(({ guid }) => guid),
  );
  const rows = await countRows(evidence);
  const alerts = countAlerts(evidence);
  return {
    exercise,
    failures,
    delivered: events.length,
    refused: refused.size,
    recovered: [...refused].filter((guid) => recovered.has(guid)).length,
    deadLetters,
    replayed,
    lost: rows.missing + alerts.missing,
    doubled: rows.surplus + alerts.surplus,
    recoveryMinutes,
  };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

async function countRows({ events, services }: Evidence) {
  const result = { missing: 0, surplus: 0 };
  for (const view of VIEWS) {
    const rows = await services.warehouse.current.query(
      `SELECT event_id, COUNT(*) AS n FROM ${view} GROUP BY event_id`,
    );
    const counts = new Map(rows.map(({ event_id, n }) => [String(event_id), Number(n)]));
    for (const { guid } of events) add(result, counts.get(guid) ?? 0);
  }
  return result;
}

function countAlerts({ redCommits, services }: Evidence) {
  const slack = services.slack.current;
  const { posted } = describeMessages(slack.messages(), slack.workspace.bot.id);
  const result = { missing: 0, surplus: 0 };
  for (const { sha } of redCommits)
    add(result, posted.filter((name) => name === `alert ${sha.slice(0, 7)}`).length);
  return result;
}

/** One is expected of each. */
function add(result: { missing: number; surplus: number }, count: number) {
  result.missing += Math.max(0, 1 - count);
  result.surplus += Math.max(0, count - 1);
}

const columns: Record<string, (result: DrillResult) => string> = {
  part: ({ exercise }) => exercise,
  failures: ({ failures }) => String(failures),
  delivered: ({ delivered }) => String(delivered),
  "refused at first": ({ refused }) => String(refused),
  redelivered: ({ recovered }) => String(recovered),
  "dead letters": ({ deadLetters }) => String(deadLetters),
  replayed: ({ replayed }) => String(replayed),
  lost: ({ lost }) => String(lost),
  doubled: ({ doubled }) => String(doubled),
  "recovered after": ({ recoveryMinutes }) => `${Math.ceil(recoveryMinutes)} min`,
};

/** One line. */
export function formatRollback({ from, to, functions, changed, responses }: Rollback): string {
  return `rolled back from ${from} to ${to}: ${functions} functions, ${changed.length} of them of another build (${changed.join(", ")}); ${responses} responses by ${to}`;
}

/** The results as a text table. */
export function formatResults(results: DrillResult[]): string {
  const table = [
    Object.keys(columns),
    ...results.map((result) => Object.values(columns).map((format) => format(result))),
  ];
  const widths = Object.keys(columns).map((_, index) =>
    Math.max(...table.map((line) => line[index]?.length ?? 0)),
  );
  return table
    .map((line) =>
      line
        .map((text, index) =>
          index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
