import { expect, it } from "vitest";
import { checkDeliveries, type DemoCheck } from "./check-runs.ts";
import { DayClock } from "./day-clock.ts";

const check: DemoCheck = {
  repository: "getsentry/getsentry",
  sha: "c".repeat(40),
  branch: "master",
  name: "getsentry required checks",
  conclusion: "failure",
  start: 600,
  takes: 20,
};

/** The runs and suites of a check's deliveries. */
function idsOf(demoCheck: DemoCheck) {
  const bodies = checkDeliveries(new DayClock("2026-11-23"), demoCheck).map(({ body }) =>
    JSON.parse(String(body)),
  );
  return bodies.map(({ check_run }) => ({ run: check_run.id, suite: check_run.check_suite.id }));
}

it("a repeated check is another run of the same suite, and another check has another suite", () => {
  const [created, completed] = idsOf(check);
  expect(created).toEqual(completed);
  const [again] = idsOf({ ...check, attempt: 2, conclusion: "success" });
  expect(again?.suite).toBe(created?.suite);
  expect(again?.run).not.toBe(created?.run);
  expect(idsOf({ ...check, name: "frontend tests" })[0]?.suite).not.toBe(created?.suite);
});
