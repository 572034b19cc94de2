import { createHash } from "node:crypto";
import type { CommitState } from "../emulators/github/state.ts";
import { checkRunPayload } from "../emulators/github/webhooks/check-run.ts";

const REPOSITORY = "getsentry/getsentry";
const REQUIRED_CHECK = "getsentry required checks";

/** A webhook of GitHub, before its first delivery. */
export interface HookEvent {
  guid: string;
  event: string;
  payload: Record<string, unknown>;
}

export interface HourOfDeliveries {
  events: HookEvent[];
  /** On which the required check fails: each gets one alert. */
  redCommits: CommitState[];
}

/**
 * Checks of one hour. The required check fails on some commits of the deployed branch, evenly spread; the others are checks of branches.
 *
 * @param name unique in a drill
 * @param start in milliseconds since 1970
 */
export function hourOfDeliveries(name: string, start: number, count: number, red: number): HourOfDeliveries {
  const redCommits: CommitState[] = [];
  const every = Math.floor(count / red);
  const events = Array.from({ length: count }, (_, index): HookEvent => {
    const sha = hash(`${name} ${index}`).slice(0, 40);
    const isRed = index % every === 0 && redCommits.length < red;
    if (isRed) redCommits.push(commit(sha, name, start));
    const at = new Date(start + index * 1000).toISOString();
    const payload = checkRunPayload({
      ...{ repository: REPOSITORY, sender: "getsentry-bot", action: "completed", id: checkRunId(sha), sha },
      name: isRed ? REQUIRED_CHECK : "backend tests",
      branch: isRed ? "master" : `change-${index}`,
      ...{ status: "completed", conclusion: isRed ? "failure" : "success", startedAt: at, completedAt: at },
    });
    return { guid: toGuid(hash(`guid ${name} ${index}`)), event: "check_run", payload };
  });
  return { events, redCommits };
}

function commit(sha: string, name: string, start: number): CommitState {
  return {
    sha,
    message: `fix: During the outage of ${name}`,
    author: { login: "mira-okafor", name: "Mira Okafor", email: "mira.okafor@sentry.io" },
    date: new Date(start).toISOString(),
  };
}

function checkRunId(sha: string): number {
  return Number.parseInt(sha.slice(0, 12), 16);
}

function toGuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
