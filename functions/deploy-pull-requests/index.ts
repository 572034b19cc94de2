import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { commitsBetween } from "../../shared/github/commits-between.ts";
import { pullRequestOf } from "../../shared/github/pull-request-of.ts";
import { relevantCommit } from "../../shared/github/relevant-commit.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isShipped } from "./is-shipped.ts";
import { pullRequestRows } from "./pull-request-rows.ts";

const config = readConfig(process.env);
const writer = new RowWriter();

defineSubscriber("deploy-pull-requests", async (event) => {
  if (!isShipped(event, config.deploy)) return;
  const commits = await commitsBetween(config.deploy.repository, event.previousSha, event.sha);
  const relevant = commits.map((commit) => relevantCommit(commit, config.deploy));
  const pulls = await Promise.all(relevant.map(pullRequestOf));
  await writer.write(pullRequestRows(event, pulls, config.bigquery.metricsDataset));
});
