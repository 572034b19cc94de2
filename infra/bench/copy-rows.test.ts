import { describe, expect, it } from "vitest";
import { copyRows } from "./copy-rows.ts";

const HOUR_MS = 3_600_000;

describe("copyRows", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["times", { received_at: "2025-03-01T23:30:00.000Z" }, { received_at: "2025-03-02T00:30:00.000Z" }],
    [
      "ids of events",
      { event_id: "6818102e60a2f61a22abecd3e5469e2e" },
      { event_id: "0000022e60a2f61a22abecd3e5469e2e" },
    ],
    [
      "shas and branches",
      { sha: "c22", ref: "refs/heads/b9", other: "success" },
      { sha: "c22x2", ref: "refs/heads/b9x2", other: "success" },
    ],
    [
      "numbers, except the repository's",
      { source_id: 18, size: 70, id: 1 },
      { source_id: 30_018, size: 70, id: 1 },
    ],
    [
      "what the normalized event says",
      { event: '{"subject":"getsentry/sentry#7","pullRequest":{"number":7},"repository":{"id":1}}' },
      { event: '{"subject":"getsentry/sentry#30007","pullRequest":{"number":30007},"repository":{"id":1}}' },
    ],
    ["deploys", { subject: "getsentry/production/3" }, { subject: "getsentry/production/30003" }],
  ])("changes %s", (_, row, expected) => {
    const table = { dataset: "product_eng", table: "events", insertId: "a" };
    expect(copyRows([{ ...table, row }], 2, HOUR_MS)).toEqual([{ ...table, row: expected }]);
  });
});
