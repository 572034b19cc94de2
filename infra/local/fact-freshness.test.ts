import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ScheduleRun } from "../../shared/console/schedules-page.tsx";
import { FactFreshness } from "./fact-freshness.ts";

let runs: string[];
let response: Pick<ScheduleRun, "status" | "response">;
let settled: boolean;
let facts: FactFreshness;
beforeEach(() => {
  runs = [];
  response = { status: 200, response: { complete: true } };
  settled = true;
  const run = async (name: string) => {
    runs.push(name);
    return { startedAt: "", durationMs: 0, attempt: 1, ...response };
  };
  facts = new FactFreshness({ run }, () => settled);
});

describe("the facts of the local warehouse", () => {
  it("are refreshed once after deliveries have settled", async () => {
    settled = false;
    expect(facts.check()).toBe(false);
    expect(runs).toEqual([]);
    settled = true;
    expect([facts.check(), facts.check()]).toEqual([false, false]);
    await vi.waitFor(() => expect(facts.check()).toBe(true));
    expect(runs).toEqual(["refresh-facts"]);
  });

  it("are refreshed again after a push, and after another scheduled function", async () => {
    await vi.waitFor(() => expect(facts.check()).toBe(true));
    facts.markStale();
    await vi.waitFor(() => expect(facts.check()).toBe(true));
    facts.ran("redeliver");
    await vi.waitFor(() => expect(facts.check()).toBe(true));
    facts.ran("refresh-facts");
    expect(facts.check()).toBe(true);
    expect(runs).toHaveLength(3);
  });

  it("are not fresh after a refresh that failed or ended early, and are refreshed again", async () => {
    response = { status: 500, response: { error: "BigQuery does not respond" } };
    facts.check();
    await facts.stop();
    expect(facts.check()).toBe(false);
    response = { status: 200, response: { complete: false } };
    await vi.waitFor(() => expect([facts.check(), runs.length]).toEqual([false, 2]), { timeout: 5000 });
    response = { status: 200, response: { complete: true } };
    await vi.waitFor(() => expect(facts.check()).toBe(true), { timeout: 5000 });
    expect(runs).toHaveLength(3);
  });
});
