import { readConfig } from "../../shared/config.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { QueryRunner } from "./query-runner.ts";
import { refreshFacts } from "./refresh.ts";

/** Less than the function's timeout of 540 s. A job goes on without the function, and the next run waits for it. */
const WORK_MS = 420_000;

const runner = new QueryRunner(readConfig(process.env).bigquery);

defineSchedule("refresh-facts", () => {
  const until = Date.now() + WORK_MS;
  return refreshFacts(runner, { now: new Date(), hasTime: () => Date.now() < until });
});
