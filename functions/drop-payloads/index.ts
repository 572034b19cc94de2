import { BigQuery } from "@google-cloud/bigquery";
import { readConfig } from "../../shared/config.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { dropPayloads } from "./drop-payloads.ts";

/** Less than the function's timeout of 540 s: a day's statement takes up to a minute. */
const WORK_MS = 420_000;

const dataset = readConfig(process.env).bigquery.metricsDataset;

defineSchedule("drop-payloads", () => {
  const until = Date.now() + WORK_MS;
  return dropPayloads(new BigQuery(), { dataset, now: new Date(), hasTime: () => Date.now() < until });
});
