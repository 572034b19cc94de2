import { expect, it } from "vitest";
import { BulkReplays } from "./bulk-replays.ts";

it("a replay sends each delivery once, in order, at its rate, and records the responses", async () => {
  const sent: [number, boolean][] = [];
  const replays = new BulkReplays(async (number, asNew) => {
    sent.push([number, asNew]);
    if (number === 2) throw new Error("The connection broke");
    return 202;
  });
  const begin = performance.now();
  const { id } = replays.start({ numbers: [3, 2, 1], asNew: true, perSecond: 20 });
  await expect.poll(() => replays.find(id)?.state).toBe("finished");
  expect(performance.now() - begin).toBeGreaterThanOrEqual(95);
  expect(sent).toEqual([
    [3, true],
    [2, true],
    [1, true],
  ]);
  expect([...(replays.find(id)?.responses ?? [])]).toEqual([
    [3, 202],
    [2, 0],
    [1, 202],
  ]);
});

it("a stopped replay sends nothing more", async () => {
  const sent: number[] = [];
  const replays = new BulkReplays(async (number) => {
    sent.push(number);
    return 202;
  });
  const { id } = replays.start({ numbers: [1, 2, 3], asNew: false, perSecond: 10 });
  await expect.poll(() => sent).toEqual([1]);
  replays.stop(id);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(sent).toEqual([1]);
  expect(replays.find(id)?.state).toBe("stopped");
});
