import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { buildRows } from "./build-rows.ts";
import { resolveUserType } from "./community-row.ts";

const config = readConfig(process.env);
const writer = new RowWriter();

defineSubscriber("metrics", async (event) => {
  const userType = await resolveUserType(event, config);
  await writer.write(buildRows(event, { config, userType }));
});
