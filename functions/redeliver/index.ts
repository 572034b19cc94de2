import { appClient } from "../../shared/github/installation-client.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { redeliver } from "./redeliver.ts";

/** Less than the function's timeout of 280 s: a request to GitHub may take a minute with its retries. */
const WORK_MS = 200_000;

defineSchedule("redeliver", async () => {
  const until = Date.now() + WORK_MS;
  return redeliver(await appClient(), { now: new Date(), hasTime: () => Date.now() < until });
});
