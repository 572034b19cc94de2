import { describe, expect, it } from "vitest";
import { type DeployStatus, deployStatus } from "../../shared/events/freight-event.ts";
import { supersedes } from "./is-news.ts";

const at = (number: number, status: DeployStatus) => ({ number, status });

describe("for a message that", () => {
  it.each(deployStatus.options)("tells of no deploy yet, one that is %s is news", (status) => {
    expect(supersedes(null, at(13, status))).toBe(true);
  });

  it.each(deployStatus.options.flatMap((status) => [12, 13, 14].map((number) => ({ number, status }))))(
    "says it was deployed with #13, #$number that is $status is none",
    (known) => {
      expect(supersedes(at(13, "finished"), known)).toBe(false);
    },
  );

  it.each<[DeployStatus, DeployStatus, boolean]>([
    ["queued", "queued", false],
    ["queued", "started", true],
    ["queued", "canceled", true],
    ["started", "started", false],
    ["started", "finished", true],
    ["started", "failed", true],
    ["failed", "failed", false],
    ["canceled", "canceled", false],
  ])("says that a deploy is %s, that it is %s is news: %s", (shown, known, expected) => {
    expect(supersedes(at(13, shown), at(13, known))).toBe(expected);
  });

  it.each<[DeployStatus, number, DeployStatus, boolean]>([
    ["failed", 14, "queued", true],
    ["canceled", 14, "started", true],
    ["started", 14, "queued", true],
    ["failed", 12, "started", false],
    ["queued", 12, "failed", false],
    ["started", 12, "canceled", false],
    ["failed", 12, "finished", true],
    ["started", 12, "finished", true],
    ["queued", 14, "finished", true],
  ])("says that #13 is %s, that #%i is %s is news: %s", (shown, number, known, expected) => {
    expect(supersedes(at(13, shown), at(number, known))).toBe(expected);
  });
});

describe("whatever the order in which the events of two deploys come", () => {
  const events = [
    at(13, "queued"),
    at(13, "started"),
    at(13, "failed"),
    at(14, "queued"),
    at(14, "started"),
    at(14, "finished"),
  ];
  const orders = events.map((_, index) => [...events.slice(index), ...events.slice(0, index)]);

  it.each([...orders, events.toReversed()].map((order) => ({ order })))(
    "it ends deployed %#",
    ({ order }) => {
      // What is known of a deploy never goes back.
      const rank = (status: DeployStatus) => deployStatus.options.indexOf(status);
      const best = new Map<number, (typeof events)[number]>();
      let shown: (typeof events)[number] | null = null;
      for (const event of order) {
        const known = best.get(event.number);
        const now = known && rank(known.status) >= rank(event.status) ? known : event;
        best.set(event.number, now);
        if (supersedes(shown, now)) shown = now;
      }
      expect(shown).toEqual(at(14, "finished"));
    },
  );
});
