import type { FunctionFolder } from "../manifests/read-functions.ts";
import { arrivals } from "./arrivals.ts";
import { assumed, limits, measured } from "./measured.ts";
import { type Settings, type Simulated, simulateFunction, type Work } from "./simulate-function.ts";

type Kind = keyof typeof measured.cpuSeconds;

export interface SimulatedFunction extends Simulated {
  name: string;
  settings: Settings;
}

/** A limit of a service beside the busiest second of the day. */
export interface Use {
  limit: string;
  used: number;
  allowed: number;
}

export interface SimulatedSuite {
  functions: SimulatedFunction[];
  uses: Use[];
}

/** The functions whose load grows with GitHub's events, which are nearly all events: the source, the warehouse, and one with state. */
const SIMULATED: Record<string, { kind: Kind; share: number }> = {
  github: { kind: "source", share: 1 },
  metrics: { kind: "metrics", share: 1 },
  "required-checks": { kind: "stateful", share: assumed.statefulShare },
};

/** Simulates a busy day of the suite with the settings of its manifests. */
export function simulateSuite(functions: FunctionFolder[], eventsPerDay: number): SimulatedSuite {
  const perSecond = arrivals(eventsPerDay);
  const simulated = Object.entries(SIMULATED).map(([name, { kind, share }]) => {
    const settings = functions.find((folder) => folder.name === name)?.manifest.resources;
    if (!settings) throw new Error(`There is no function ${name}`);
    const load = perSecond.map((events) => events * share);
    return { name, settings, ...simulateFunction(load, workOf(kind), settings) };
  });
  return { functions: simulated, uses: listUses(Math.max(...perSecond)) };
}

function workOf(kind: Kind): Work {
  return {
    cpuSeconds: measured.cpuSeconds[kind],
    waitSeconds: assumed.waitSeconds[kind],
    startSeconds: assumed.containerSeconds + measured.firstResponseSeconds[kind],
  };
}

function listUses(peak: number): Use[] {
  const bytes = peak * assumed.eventBytes;
  return [
    { limit: "Pub/Sub publish, MB/s", used: bytes / 1e6, allowed: limits.publishBytesPerSecond / 1e6 },
    {
      limit: "Pub/Sub push, MB/s",
      used: (bytes * (1 + assumed.statefulShare)) / 1e6,
      allowed: limits.pushBytesPerSecond / 1e6,
    },
    { limit: "BigQuery insertAll, MB/s", used: bytes / 1e6, allowed: limits.insertBytesPerSecond / 1e6 },
    {
      limit: "Slack, messages/s in one channel",
      used: peak * assumed.messagesPerEvent,
      allowed: limits.messagesPerChannelSecond,
    },
  ];
}
