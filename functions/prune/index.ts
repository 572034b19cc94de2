import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { prune } from "./prune.ts";

/** Less than the function's timeout of 300 s. */
const WORK_MS = 240_000;

defineSchedule("prune", () => {
  const until = Date.now() + WORK_MS;
  return prune({ now: new Date(), hasTime: () => Date.now() < until });
});
