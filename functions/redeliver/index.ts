import { BigQuery } from "@google-cloud/bigquery";
import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { appClient, installationClient, NotInstalledError } from "../../shared/github/installation-client.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { appLog, hookLogs } from "./delivery-log.ts";
import { findHeldEvents } from "./find-held.ts";
import { redeliver } from "./redeliver.ts";

/** Less than the function's timeout of 280 s: a request to GitHub may take a minute with its retries. */
const WORK_MS = 200_000;

const { bigquery: datasets, organization, hooks } = readConfig(process.env);
const dataset = datasets.metricsDataset;
const writer = new RowWriter(dataset);

defineSchedule("redeliver", async () => {
  const until = Date.now() + WORK_MS;
  const hasTime = () => Date.now() < until;
  const logs = [appLog(await appClient()), ...(await configuredHookLogs())];
  const bigquery = new BigQuery();
  const findHeld = (guids: string[]) => findHeldEvents(bigquery, dataset, guids);
  return redeliver(logs, { now: new Date(), hasTime, writer, findHeld, dataset });
});

async function configuredHookLogs() {
  if (hooks.length === 0) return [];
  const github = await installationClient(organization);
  if (!github)
    throw new NotInstalledError(
      `The GitHub App is not installed in ${organization}: its webhooks cannot be read`,
    );
  return hookLogs(github, { organization, hooks });
}
