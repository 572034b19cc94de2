import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

interface DemoReport {
  /** Unique among the demo's reports; webhook-id is derived from it. */
  key: string;
  type: "incident" | "measurement";
  data: unknown;
  /** Minutes since midnight. Without it, the report is of the time at which it is sent. */
  at?: number;
}

/** A job's report to functions/report. */
export function reportDelivery(clock: DayClock, { key, type, data, at }: DemoReport): DemoDelivery {
  const toBody = (timestamp: string) => toJsonBody({ type, timestamp, data });
  return {
    source: "report",
    id: clock.id(key),
    label: key,
    body: at === undefined ? async () => toBody(new Date().toISOString()) : toBody(clock.at(at)),
  };
}

/** What a nightly job measures: how many lines tests cover, and how long the development server takes to start. @param at minutes since midnight */
export function measurementDelivery(clock: DayClock, at: number): DemoDelivery {
  const key = `measurements at ${at}`;
  const repository = "getsentry/sentry";
  return reportDelivery(clock, {
    key,
    type: "measurement",
    at,
    data: [
      {
        name: "test coverage",
        value: 81 + clock.number(`${key} coverage`, 300) / 100,
        unit: "%",
        dimensions: { repository },
      },
      {
        name: "development server start",
        value: 20 + clock.number(`${key} start`, 800) / 100,
        unit: "s",
        dimensions: { repository },
      },
    ],
  });
}
