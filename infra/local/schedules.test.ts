import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Schedules } from "./schedules.ts";

const scheduled = {
  name: "prune",
  description: "Deletes old state",
  schedule: { cron: "20 3 * * *", timeZone: "Europe/Vienna" },
};
const called: string[] = [];
let schedules: Schedules;
beforeEach(() => {
  called.length = 0;
  vi.useFakeTimers({ now: new Date("2026-11-25T00:00:00Z") });
  vi.stubGlobal("fetch", async (url: string) => {
    called.push(url);
    return Response.json({ deleted: 1 });
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
