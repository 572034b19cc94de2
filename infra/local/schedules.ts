import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Cron } from "croner";
import type { ScheduleRun } from "../../shared/console/schedules-page.tsx";
import type { ScheduledFunction } from "../manifests/read-functions.ts";
import cloudPolicy from "../manifests/schedule-policy.json" with { type: "json" };

/** Runs per function that are kept. */
const MAX_RUNS = 20;
/** setTimeout fires at once for a longer delay: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Calls scheduled functions as Cloud Scheduler does: with POST, at their times, again after a response that is not 2xx, and on demand.
 */
export class Schedules {
  readonly #functions: Map<string, ScheduledFunction>;
  readonly #url: () => string;
  readonly #file: string | undefined;
  readonly #onRun: (name: string) => void;
  readonly #runs: Map<string, ScheduleRun[]>;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /**
   * @param url of the suite, without a trailing slash
   * @param options.file JSON lines of the runs, read at the next start; without it they are in memory
   * @param options.onRun called after each run with the function's name
   */
  constructor(
    functions: ScheduledFunction[],
    url: () => string,
    { file, onRun = () => {} }: { file?: string | undefined; onRun?: (name: string) => void } = {},
  ) {
    this.#functions = new Map(functions.map((scheduled) => [scheduled.name, scheduled]));
    this.#url = url;
    this.#file = file;
    this.#onRun = onRun;
    this.#runs = readRuns(file);
  }

  /** Starts the clock. Without it, functions run on demand only. */
  start() {
    for (const scheduled of this.#functions.values()) this.#wait(scheduled);
  }

  stop() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Each schedule with its next time (RFC 3339) and its last runs, newest first. */
  list() {
    return [...this.#functions.values()].map((scheduled) => ({
      ...scheduled,
      next: findNext(scheduled, new Date()).toISOString(),
      runs: this.#runs.get(scheduled.name) ?? [],
    }));
  }

  /** Runs a function now, without a retry. @returns undefined if no scheduled function has the name */
  async run(name: string, attempt = 1): Promise<ScheduleRun | undefined> {
    if (!this.#functions.has(name)) return undefined;
    const started = new Date();
    const { status, response } = await call(`${this.#url()}/${name}`);
    this.#onRun(name);
    const durationMs = Date.now() - started.getTime();
    const run = { startedAt: started.toISOString(), durationMs, status, response, attempt };
    addRun(this.#runs, name, run);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify({ name, run })}\n`);
    return run;
  }

  /** As Cloud Scheduler, starts no run while one is going on or waits for its retry. */
  #wait(scheduled: ScheduledFunction, next = findNext(scheduled, new Date())) {
    const delay = next.getTime() - Date.now();
    this.#setTimer(scheduled.name, Math.min(delay, MAX_DELAY_MS), async () => {
      if (delay > MAX_DELAY_MS) this.#wait(scheduled, next);
      else await this.#attempt(scheduled, 1);
    });
  }

  async #attempt(scheduled: ScheduledFunction, attempt: number) {
    const run = await this.run(scheduled.name, attempt);
    // Stopped meanwhile.
    if (!this.#timers.has(scheduled.name)) return;
    const failed = run !== undefined && (run.status < 200 || run.status > 299);
    if (!failed || attempt > cloudPolicy.retryCount) return this.#wait(scheduled);
    this.#setTimer(scheduled.name, retryDelayMs(attempt), () => this.#attempt(scheduled, attempt + 1));
  }

  #setTimer(name: string, delayMs: number, work: () => Promise<void>) {
    this.#timers.set(name, setTimeout(() => void work(), delayMs).unref());
  }
}

/** Backoff after an attempt: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#RetryConfig */
export function retryDelayMs(attempt: number, policy = cloudPolicy): number {
  const { minimumBackoffSeconds, maximumBackoffSeconds, maxDoublings } = policy;
  const doublings = Math.min(attempt - 1, maxDoublings);
  // After the doublings the interval grows by the same amount each time.
  const steps = 1 + Math.max(0, attempt - 1 - maxDoublings);
  return Math.min(minimumBackoffSeconds * 2 ** doublings * steps, maximumBackoffSeconds) * 1000;
}

function addRun(runs: Map<string, ScheduleRun[]>, name: string, run: ScheduleRun) {
  runs.set(name, [run, ...(runs.get(name) ?? [])].slice(0, MAX_RUNS));
}

function readRuns(file: string | undefined): Map<string, ScheduleRun[]> {
  const runs = new Map<string, ScheduleRun[]>();
  if (!file) return runs;
  mkdirSync(dirname(file), { recursive: true });
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    try {
      const { name, run } = JSON.parse(line) as { name: string; run: ScheduleRun };
      addRun(runs, name, run);
    } catch {
      // The last line of a process that was killed during a write.
    }
  }
  return runs;
}

async function call(url: string): Promise<{ status: number; response: unknown }> {
  try {
    const response = await fetch(url, { method: "POST" });
    return { status: response.status, response: await response.json() };
  } catch (error) {
    return { status: 503, response: { error: (error as Error).message } };
  }
}

/** First time after `from`. A manifest's expression always has one. */
function findNext({ name, schedule: { cron, timeZone } }: ScheduledFunction, from: Date): Date {
  const next = new Cron(cron, { paused: true, mode: "5-part", timezone: timeZone }).nextRun(from);
  if (!next) throw new Error(`The schedule of ${name} is never due: ${cron}`);
  return next;
}
