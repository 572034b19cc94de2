import { type Deployment, type DeployStatus, isFinal } from "../events/deployment.ts";

/** A deployment moves only to a higher value. The three last statuses are final. */
const progress = { queued: 0, started: 1, finished: 2, failed: 2, canceled: 2 } as const;

/** What is stored about one attempt of a deployment. */
export interface DeployState {
  status: DeployStatus;
  title: string;
  link: string | null;
  ref: string | null;
  sha: string | null;
  previousSha: string | null;
  deployer: string | null;
  queuedAt: Date | null;
  startedAt: Date | null;
  /** When it finished, failed or was canceled. */
  finishedAt: Date | null;
  /** Seconds; null if the sender does not give it. */
  duration: number | null;
}

/** What an event reports about a deployment. */
export interface DeployReport extends Deployment {
  /** Time of the event, RFC 3339. */
  at: string;
  /** The sender's own sentence; empty if it has none. */
  title: string;
  duration: number | null;
}

/**
 * Chooses the attempt that a report is about: the first one that had not ended before what is reported began. A deployment that begins
 * after all of its attempts ended is another attempt. A report without the times of its sender is about the last attempt: it may be a
 * repetition.
 *
 * @param attempts the stored attempts, in their order
 * @returns an index of `attempts`, or its length for another attempt
 */
export function chooseAttempt(attempts: Pick<DeployState, "finishedAt">[], report: DeployReport): number {
  const { status, createdAt, startedAt, finishedAt } = report;
  const begun = isFinal(status)
    ? (startedAt ?? finishedAt)
    : status === "started"
      ? (startedAt ?? createdAt)
      : createdAt;
  if (begun === null) return Math.max(attempts.length - 1, 0);
  const time = Date.parse(begun);
  const index = attempts.findIndex(
    (attempt) => attempt.finishedAt === null || time <= attempt.finishedAt.getTime(),
  );
  return index < 0 ? attempts.length : index;
}

/**
 * Merges a report into what is stored about its attempt. Reports may arrive in any order: an earlier status never replaces a later one,
 * of two final statuses the first one stays, and a field that one report leaves out keeps the value of another.
 *
 * @param stored undefined for the first report of an attempt
 * @param isFirstAttempt the sender's time of creation is that of the first attempt
 * @returns `stored` itself if nothing changes
 */
export function mergeReport(
  stored: DeployState | undefined,
  report: DeployReport,
  isFirstAttempt: boolean,
): DeployState {
  const reported = toState(report, isFirstAttempt);
  if (!stored) return reported;
  const moves = progress[reported.status] > progress[stored.status];
  const [first, second] = moves ? [reported, stored] : [stored, reported];
  return {
    status: first.status,
    title: first.title,
    link: first.link ?? second.link,
    ref: first.ref ?? second.ref,
    sha: first.sha ?? second.sha,
    previousSha: first.previousSha ?? second.previousSha,
    deployer: first.deployer ?? second.deployer,
    queuedAt: first.queuedAt ?? second.queuedAt,
    // Each stage of a pipeline gives its own start.
    startedAt: earlier(first.startedAt, second.startedAt),
    finishedAt: first.finishedAt,
    duration: first.duration ?? second.duration,
  };
}

function toState(report: DeployReport, isFirstAttempt: boolean): DeployState {
  const { status, title, link, ref, sha, previousSha, duration, createdAt, startedAt, finishedAt } = report;
  const queuedAt = isFirstAttempt ? createdAt : null;
  return {
    status,
    title,
    link,
    ref,
    sha,
    previousSha,
    deployer: report.actor,
    queuedAt: toDate(queuedAt ?? (status === "queued" ? report.at : null)),
    startedAt: toDate(startedAt ?? (status === "started" ? report.at : null)),
    finishedAt: isFinal(status) ? new Date(finishedAt ?? report.at) : null,
    duration,
  };
}

function toDate(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
