import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { retryDelayMs, Schedules } from "./schedules.ts";

const scheduled = {
  name: "prune",
  description: "Deletes old state",
  schedule: { cron: "20 3 * * *", timeZone: "Europe/Vienna" },
};
const called: string[] = [];
let status = 200;
let schedules: Schedules;
beforeEach(() => {
  called.length = 0;
  status = 200;
  vi.useFakeTimers({ now: new Date("2026-11-25T00:00:00Z") });
  vi.stubGlobal("fetch", async (url: string) => {
    called.push(url);
    return Response.json({ deleted: 1 }, { status });
  });
  schedules = new Schedules([scheduled], () => "http://suite");
});
afterEach(() => {
  schedules.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("the clock runs a function at each of its times, in its time zone", async () => {
  schedules.start();
  await vi.advanceTimersByTimeAsync(140 * 60_000 - 1);
  expect(called).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(called).toEqual(["http://suite/prune"]);
  await vi.advanceTimersByTimeAsync(24 * 60 * 60_000);
  expect(called.length).toBe(2);
  schedules.stop();
  await vi.advanceTimersByTimeAsync(48 * 60 * 60_000);
  expect(called.length).toBe(2);
});

it("without the clock a function runs on demand only, and its run is listed", async () => {
  await vi.advanceTimersByTimeAsync(48 * 60 * 60_000);
  expect(called).toEqual([]);
  expect(await schedules.run("prune")).toMatchObject({ status: 200, response: { deleted: 1 } });
  expect(await schedules.run("nothing")).toBeUndefined();
  expect(schedules.list()).toMatchObject([{ next: "2026-11-27T02:20:00.000Z", runs: [{ status: 200 }] }]);
});

it("the clock tries a failed run again three times, and then waits for the next time", async () => {
  status = 500;
  schedules.start();
  await vi.advanceTimersByTimeAsync(140 * 60_000);
  expect(called.length).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(called.length).toBe(2);
  await vi.advanceTimersByTimeAsync(20_000 + 40_000 + 10 * 60_000);
  expect(called.length).toBe(4);
  expect(schedules.list()[0]?.runs.map(({ attempt }) => attempt)).toEqual([4, 3, 2, 1]);
  status = 200;
  await vi.advanceTimersByTimeAsync(24 * 60 * 60_000);
  expect(schedules.list()[0]?.runs.map(({ attempt }) => attempt)).toEqual([1, 4, 3, 2, 1]);
});

it("runs are listed after a restart, also if the last one was written in part", async () => {
  const dir = mkdtempSync(join(tmpdir(), "schedules-"));
  const file = join(dir, "runs.jsonl");
  const start = () => new Schedules([scheduled], () => "http://suite", { file });
  await start().run("prune");
  await start().run("prune");
  appendFileSync(file, '{"name": "prune", "run": {"sta');
  expect(start().list()[0]?.runs).toMatchObject([{ status: 200 }, { status: 200 }]);
  rmSync(dir, { recursive: true });
});

it.each([
  [1, 10],
  [2, 20],
  [3, 40],
  [4, 80],
  [5, 120],
])("after attempt %i the next one waits %i seconds", (attempt, seconds) => {
  expect(retryDelayMs(attempt)).toBe(seconds * 1000);
});
