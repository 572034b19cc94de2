import { expect, it } from "vitest";
import { ArmedFault } from "../faults/armed-fault.ts";
import { cloudPolicy } from "../manifests/subscription-policy.ts";
import { formatResults, formatRollback } from "./drill-result.ts";
import { listChanged } from "./earlier-release.ts";
import { hourOfDeliveries } from "./hour-of-deliveries.ts";
import { ScaledClock, scalePolicy } from "./scaled-clock.ts";

it("an hour has as many events as asked for, each with its own guid, and the red commits among them", () => {
  const { events, redCommits } = hourOfDeliveries("pubsub", 0, 1000, 10);
  expect(new Set(events.map(({ guid }) => guid)).size).toBe(1000);
  expect(new Set(redCommits.map(({ sha }) => sha)).size).toBe(10);
  const red = events.filter(
    ({ payload }) => (payload.check_run as { conclusion: string }).conclusion === "failure",
  );
  expect(red.map(({ payload }) => (payload.check_run as { head_sha: string }).head_sha)).toEqual(
    redCommits.map(({ sha }) => sha),
  );
  const other = hourOfDeliveries("slack", 0, 1000, 10);
  expect(other.events.some(({ guid }) => events.some((event) => event.guid === guid))).toBe(false);
});

it("on a scaled clock an hour and every backoff are as much shorter, and the number of attempts is the cloud's", () => {
  const { factor } = new ScaledClock(36_000);
  expect(factor).toBe(100);
  expect(scalePolicy(factor)).toMatchObject({
    minimumBackoffSeconds: cloudPolicy.minimumBackoffSeconds / 100,
    maximumBackoffSeconds: cloudPolicy.maximumBackoffSeconds / 100,
    maxDeliveryAttempts: cloudPolicy.maxDeliveryAttempts,
  });
});

it("an outage fails every request of its part, and no other", () => {
  const armed = new ArmedFault();
  armed.armOutage("slack");
  expect([1, 2].map(() => armed.meet("slack", "post", "a"))).toEqual([
    { fault: "reset" },
    { fault: "reset" },
  ]);
  expect(armed.meet("github", "read", "a")).toBeUndefined();
  expect([armed.isOut("slack"), armed.isOut("github"), armed.hits]).toEqual([true, false, 2]);
  armed.disarm();
  expect(armed.meet("slack", "post", "a")).toBeUndefined();
});

it("a rollback names the functions of both releases whose bundles differ", () => {
  const release = (name: string, bundles: Record<string, string>) => ({
    ...{ name, dir: name },
    bundles: new Map(Object.entries(bundles)),
  });
  const present = release("b", { github: "2", slack: "1", added: "1" });
  const earlier = release("a", { github: "1", slack: "1" });
  const changed = listChanged(present, earlier);
  expect(changed).toEqual(["github"]);
  expect(formatRollback({ from: "b", to: "a", functions: 2, changed, responses: 7 })).toBe(
    "rolled back from b to a: 2 functions, 1 of them of another build (github); 7 responses by a",
  );
});

it("the table has a line for each part, with its numbers below their names", () => {
  const result = {
    ...{
      exercise: "pubsub",
      failures: 3000,
      delivered: 1000,
      refused: 990,
      recovered: 990,
      deadLetters: 0,
      replayed: 0,
    },
    ...{ lost: 0, doubled: 0, recoveryMinutes: 6.2 },
  };
  expect(formatResults([result])).toBe(
    [
      "part    failures  delivered  refused at first  redelivered  dead letters  replayed  lost  doubled  recovered after",
      "pubsub      3000       1000               990          990             0         0     0        0            7 min",
    ].join("\n"),
  );
});
