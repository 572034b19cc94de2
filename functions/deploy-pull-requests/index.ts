import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { type Commit, commitsBetween, findPullRequest, relevantCommit } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { hasShippedCommits, pullRequestRows, type ShippedDeploy } from "./pull-request-rows.ts";

const config = readConfig(process.env);
const writer = new RowWriter(config.bigquery.metricsDataset);

defineSubscriber("deploy-pull-requests", async (event) => {
  if (!hasShippedCommits(event, config.deploy))
    return log("DEBUG", "No rows: not a finished deploy of the deployed app with new commits");
  const commits = await listShippedCommits(event);
  const shipped = await Promise.all(
    commits.map(async (commit) => {
      const relevant = relevantCommit(commit, config.deploy);
      return { commit, relevant, pull: await findPullRequest(relevant) };
    }),
  );
  await writer.write(pullRequestRows(event, shipped, config.bigquery.metricsDataset));
});

/**
 * Lists the commits that a deploy adds to production; none if GitHub does not have one of the two commits, as after a force push. No
 * later attempt would find them.
 *
 * @throws GitHub's other errors
 */
async function listShippedCommits({ sha, previousSha, subject }: ShippedDeploy): Promise<Commit[]> {
  try {
    return await commitsBetween(config.deploy.repository, previousSha, sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { deploy: subject, sha, previousSha };
    log("WARNING", "GitHub cannot compare the commits of a deploy; it has no rows", fields);
    return [];
  }
}
