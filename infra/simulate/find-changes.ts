import type { FunctionFolder } from "../manifests/read-functions.ts";
import { simulateSuite } from "./simulate-suite.ts";

/** The least load from which on a setting or a quota no longer suffices. */
export interface Change {
  eventsPerDay: number;
  what: string;
}

const STEPS = [1, 2, 5];
const LOADS = [4, 5, 6, 7, 8].flatMap((exponent) => STEPS.map((step) => step * 10 ** exponent));

/** Tries loads from ten thousand to five hundred million events a day. Each setting and each quota occurs once. */
export function findChanges(functions: FunctionFolder[]): Change[] {
  const changes = new Map<string, Change>();
  const note = (what: string, key: string, eventsPerDay: number) => {
    if (!changes.has(key)) changes.set(key, { eventsPerDay, what });
  };
  for (const eventsPerDay of LOADS) {
    const { functions: simulated, uses } = simulateSuite(functions, eventsPerDay);
    for (const { name, settings, refused, peakInstances } of simulated)
      if (refused >= 1 && peakInstances >= settings.maxInstances)
        note(
          `${name}: maxInstances above ${settings.maxInstances}, or a higher concurrency`,
          name,
          eventsPerDay,
        );
    for (const { limit, used, allowed } of uses)
      if (used > allowed) note(`${limit}: ${Math.ceil(used)} of ${allowed}`, limit, eventsPerDay);
  }
  return [...changes.values()];
}
