import { limits } from "./measured.ts";

const SECONDS_PER_MINUTE = 60;

/** Settings of function.json that decide on the number of instances. */
export interface Settings {
  concurrency: number;
  minInstances: number;
  maxInstances: number;
}

/** What one event costs. */
export interface Work {
  cpuSeconds: number;
  /** Time without CPU, in which the instance can work on other events. */
  waitSeconds: number;
  /** From the decision to start an instance to its first response. */
  startSeconds: number;
}

export interface Simulated {
  peakPerSecond: number;
  peakInstances: number;
  startedInstances: number;
  /** Longest time that an event waited for an instance. */
  longestWait: number;
  /** Events that got 429. GitHub's are redelivered within minutes, Pub/Sub's with backoff. */
  refused: number;
  /** Seconds in which an instance had an event, all instances together. */
  busySeconds: number;
}

/**
 * Simulates a day of one function, second by second: Cloud Run starts instances for the mean load of the last minute and for the events
 * that wait, and ends them when they were idle for a quarter of an hour.
 *
 * @param perSecond events that arrive in each second
 */
export function simulateFunction(perSecond: Float64Array, work: Work, settings: Settings): Simulated {
  const capacity = eventsPerInstance(work, settings.concurrency);
  const startSeconds = Math.ceil(work.startSeconds);
  const starting: number[] = [];
  // Instances that each of the last minutes needed.
  const needs: number[] = [];
  const result: Simulated = {
    peakPerSecond: 0,
    peakInstances: settings.minInstances,
    startedInstances: settings.minInstances,
    longestWait: 0,
    refused: 0,
    busySeconds: 0,
  };
  let warm = settings.minInstances;
  let waiting = 0;
  let windowSum = 0;

  for (const [second, arrived] of perSecond.entries()) {
    const ready = starting.filter((at) => at <= second).length;
    starting.splice(0, ready);
    warm += ready;
    waiting += arrived;
    windowSum += arrived - (perSecond[second - limits.windowSeconds] ?? 0);

    const handled = Math.min(waiting, warm * capacity);
    waiting -= handled;
    result.busySeconds += Math.min(warm, handled / capacity);

    const mean = windowSum / Math.min(second + 1, limits.windowSeconds);
    const needed = Math.max(mean / (capacity * limits.targetUtilization), waiting / capacity);
    const desired = Math.min(
      settings.maxInstances,
      Math.max(settings.minInstances, Math.ceil(needed - 1e-9)),
    );
    const minute = Math.floor(second / SECONDS_PER_MINUTE);
    needs[minute] = Math.max(needs[minute] ?? 0, desired);
    const started = Math.max(0, desired - warm - starting.length);
    for (let i = 0; i < started; i++) starting.push(second + startSeconds);
    result.startedInstances += started;

    if (waiting > 0) {
      const rate = Math.max(1, warm + starting.length) * capacity;
      const wait = waiting / rate + (warm === 0 ? startSeconds : 0);
      result.longestWait = Math.max(result.longestWait, Math.min(wait, limits.queueSeconds));
      const queue = rate * limits.queueSeconds;
      if (waiting > queue) {
        result.refused += waiting - queue;
        waiting = queue;
      }
    }
    const kept = needs.slice(-limits.idleSeconds / SECONDS_PER_MINUTE);
    warm = Math.min(warm, Math.max(settings.minInstances, ...kept));
    result.peakPerSecond = Math.max(result.peakPerSecond, arrived);
    result.peakInstances = Math.max(result.peakInstances, warm + starting.length);
  }
  return result;
}

/** Events that one instance handles in a second: its slots limit those that wait, its CPU those that compute. */
export function eventsPerInstance({ cpuSeconds, waitSeconds }: Work, concurrency: number): number {
  return Math.min(concurrency / (cpuSeconds + waitSeconds), 1 / cpuSeconds);
}
