import { describe, expect, it } from "vitest";
import { readFunctions } from "../manifests/read-functions.ts";
import { arrivals } from "./arrivals.ts";
import { findChanges } from "./find-changes.ts";
import { eventsPerInstance, simulateFunction } from "./simulate-function.ts";

const work = { cpuSeconds: 0.001, waitSeconds: 0.049, startSeconds: 2 };
const settings = { concurrency: 10, minInstances: 0, maxInstances: 5 };

it.each([10_000, 1_000_000, 100_000_000])("the events of a day of %i add up to it", (events) => {
  const sum = arrivals(events).reduce((total, each) => total + each, 0);
  expect(sum / events).toBeCloseTo(1, 6);
});

it("slots limit an instance that waits, CPU one that computes", () => {
  expect(eventsPerInstance(work, 10)).toBeCloseTo(200);
  expect(eventsPerInstance(work, 1000)).toBeCloseTo(1000);
});

describe("a simulated function", () => {
  it("handles a steady load with instances at 60 % of their slots", () => {
    const steady = (perSecond: number) =>
      simulateFunction(new Float64Array(3600).fill(perSecond), work, { ...settings, minInstances: 2 });
    expect(steady(240)).toMatchObject({ peakInstances: 2, refused: 0, startedInstances: 2 });
    expect(steady(241)).toMatchObject({ peakInstances: 3, refused: 0, startedInstances: 3 });
  });

  it("lets the first event wait for a cold start, and none after it", () => {
    const { longestWait } = simulateFunction(new Float64Array(600).fill(1), work, settings);
    expect(longestWait).toBeGreaterThanOrEqual(2);
    const warm = simulateFunction(new Float64Array(600).fill(1), work, { ...settings, minInstances: 1 });
    expect(warm.longestWait).toBe(0);
  });

  it("starts again after a quarter of an hour without events", () => {
    const twice = new Float64Array(3600);
    twice[0] = 1;
    twice[2000] = 1;
    expect(simulateFunction(twice, work, settings).startedInstances).toBe(2);
    twice[2000] = 0;
    twice[600] = 1;
    expect(simulateFunction(twice, work, settings).startedInstances).toBe(1);
  });

  it("refuses what waits longer than ten seconds", () => {
    const { refused, peakInstances } = simulateFunction(new Float64Array(600).fill(2000), work, settings);
    expect(peakInstances).toBe(5);
    expect(refused).toBeGreaterThan(500_000);
  });
});

it("the settings of the manifests suffice for ten million events a day", async () => {
  const changes = findChanges(await readFunctions());
  expect(changes.filter(({ eventsPerDay }) => eventsPerDay <= 10_000_000)).toEqual([]);
});
