import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { buildShippedRows } from "./build-shipped-rows.ts";
import { readRelevant } from "./read-relevant.ts";

const config = readConfig(process.env);
const dataset = config.bigquery.metricsDataset;
const writer = new RowWriter(dataset);

defineSubscriber("deployment-changes", async (event) => {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { deployment, services } = relevant;
  // Postgres knows the commit that was live before, if the source does not name it.
  const shas = await saveDeploy(event, deployment);
  await writer.write(await buildShippedRows({ event, deployment, shas, services, dataset }));
});
