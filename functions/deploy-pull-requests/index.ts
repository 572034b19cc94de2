import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { commitsBetween, findPullRequest, relevantCommit } from "../../shared/github/commits.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { hasShippedCommits, pullRequestRows } from "./pull-request-rows.ts";

const config = readConfig(process.env);
const writer = new RowWriter();

defineSubscriber("deploy-pull-requests", async (event) => {
  if (!hasShippedCommits(event, config.deploy)) return;
  const commits = await commitsBetween(config.deploy.repository, event.previousSha, event.sha);
  const relevant = commits.map((commit) => relevantCommit(commit, config.deploy));
  const pulls = await Promise.all(relevant.map(findPullRequest));
  await writer.write(pullRequestRows(event, pulls, config.bigquery.metricsDataset));
});
