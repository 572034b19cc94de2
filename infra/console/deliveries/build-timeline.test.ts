import { expect, it } from "vitest";
import type { DeliveryRecord, PushRecord } from "../../local/gateway/log-entries.ts";
import { buildTimeline } from "./build-timeline.ts";

const delivery = { at: "2026-11-24T08:00:00.040Z", durationMs: 40, source: "github" } as DeliveryRecord;
const push = (name: string, at: string, durationMs: number, more: Partial<PushRecord> = {}) =>
  ({
    function: name,
    at: `2026-11-24T08:00:0${at}Z`,
    durationMs,
    attempt: 1,
    outcome: "acknowledged",
    ...more,
  }) as PushRecord;

it("a timeline goes from the request through Pub/Sub and each attempt to rows and messages", () => {
  const { steps, totalMs } = buildTimeline({
    delivery,
    pushes: [
      push("required-checks", "0.100", 30, { outcome: "retrying" }),
      push("metrics", "0.150", 90),
      push("required-checks", "2.000", 200, { attempt: 2 }),
    ],
    rows: [
      { table: "product_eng.events", count: 2 },
      { table: "product_eng.deploys", count: 1 },
    ],
    tablesOf: (name) => (name === "metrics" ? ["product_eng.events"] : []),
    messages: [{ name: "#eng", at: Date.parse("2026-11-24T08:00:01.950Z") / 1000, href: "/slack/C0ENG" }],
  });
  expect(steps.map(({ kind, name, startMs, durationMs }) => [kind, name, startMs, durationMs])).toEqual([
    ["request", "github", 0, 40],
    ["queue", "Pub/Sub", 40, 20],
    ["push", "metrics", 60, 90],
    ["push", "required-checks", 70, 30],
    ["rows", "2 rows in product_eng.events", 150, 0],
    ["push", "required-checks, attempt 2", 1800, 200],
    ["message", "#eng", 1950, 0],
  ]);
  expect(totalMs).toBe(2000);
});

it("a refused delivery has its request only", () => {
  const input = { delivery, pushes: [], rows: [], tablesOf: () => [], messages: [] };
  expect(buildTimeline(input)).toEqual({
    steps: [{ kind: "request", name: "github", startMs: 0, durationMs: 40 }],
    totalMs: 40,
  });
});
