import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { appClient } from "../../shared/github/installation-client.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { appLog } from "./delivery-log.ts";
import { redeliver } from "./redeliver.ts";

/** Less than the function's timeout of 280 s: a request to GitHub may take a minute with its retries. */
const WORK_MS = 200_000;

const dataset = readConfig(process.env).bigquery.metricsDataset;
const writer = new RowWriter(dataset);

defineSchedule("redeliver", async () => {
  const until = Date.now() + WORK_MS;
  const hasTime = () => Date.now() < until;
  return redeliver([appLog(await appClient())], { now: new Date(), hasTime, writer, dataset });
});
