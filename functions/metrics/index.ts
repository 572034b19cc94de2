import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { buildCommunityRows, buildOwnRows } from "./build-rows.ts";
import { resolveUserType } from "./community-row.ts";

const config = readConfig(process.env);
const writer = new RowWriter(config.bigquery.metricsDataset);

defineSubscriber("metrics", async (event) => {
  // First: every other row can be rebuilt from these, so they do not wait for GitHub.
  await writer.write(buildOwnRows(event, config));
  const userType = await resolveUserType(event, config);
  await writer.write(buildCommunityRows(event, config, userType));
});
