import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { rowsFor } from "./rows-for.ts";
import { userTypeFor } from "./user-type-for.ts";

const config = readConfig(process.env);
const writer = new RowWriter();

defineSubscriber("metrics", async (event) => {
  const userType = await userTypeFor(event, config);
  await writer.write(rowsFor(event, { config, userType }));
});
