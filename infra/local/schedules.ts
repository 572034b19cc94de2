import { Cron } from "croner";
import type { ScheduledFunction } from "../manifests/read-functions.ts";

/** A call of a scheduled function and the response to it. */
export interface ScheduleRun {
  /** RFC 3339 */
  startedAt: string;
  durationMs: number;
  status: number;
  /** Body of the response: the summary, or `{"error"}`. */
  response: unknown;
}

/** Runs in memory per function. */
const MAX_RUNS = 20;
/** setTimeout fires at once for a longer delay: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Calls scheduled functions as Cloud Scheduler does: with POST, at their times, and on demand. */
export class Schedules {
  readonly #functions: Map<string, ScheduledFunction>;
  readonly #url: () => string;
  readonly #onRun: (name: string) => void;
  readonly #runs = new Map<string, ScheduleRun[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /**
   * @param url of the suite, without a trailing slash
   * @param onRun called after each run with the function's name
   */
  constructor(functions: ScheduledFunction[], url: () => string, onRun: (name: string) => void = () => {}) {
    this.#functions = new Map(functions.map((scheduled) => [scheduled.name, scheduled]));
    this.#url = url;
    this.#onRun = onRun;
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

  /** Runs a function now. @returns undefined if no scheduled function has the name */
  async run(name: string): Promise<ScheduleRun | undefined> {
    if (!this.#functions.has(name)) return undefined;
    const started = new Date();
    const { status, response } = await call(`${this.#url()}/${name}`);
    this.#onRun(name);
    const run = {
      startedAt: started.toISOString(),
      durationMs: Date.now() - started.getTime(),
      status,
      response,
    };
    this.#runs.set(name, [run, ...(this.#runs.get(name) ?? [])].slice(0, MAX_RUNS));
    return run;
  }

  /** As Cloud Scheduler, starts no run while one is going on. */
  #wait(scheduled: ScheduledFunction, next = findNext(scheduled, new Date())) {
    const delay = next.getTime() - Date.now();
    const fire = async () => {
      if (delay > MAX_DELAY_MS) return this.#wait(scheduled, next);
      await this.run(scheduled.name);
      if (this.#timers.has(scheduled.name)) this.#wait(scheduled);
    };
    this.#timers.set(scheduled.name, setTimeout(() => void fire(), Math.min(delay, MAX_DELAY_MS)).unref());
  }
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
