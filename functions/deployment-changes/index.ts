import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { type Deploy, saveDeploy } from "../../shared/database/deploys.ts";
import { type Commit, commitsBetween, findPullRequest, relevantCommit } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { distinctByRepository } from "../../shared/organization/deployment-targets.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { changeRows, type ShippedCommit } from "./change-rows.ts";
import { readRelevant } from "./read-relevant.ts";

const config = readConfig(process.env);
const writer = new RowWriter(config.bigquery.metricsDataset);

defineSubscriber("deployment-changes", async (event) => {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { deployment, services } = relevant;
  // Postgres knows the commit that was live before, if the source does not name it.
  const saved = await saveDeploy(event, deployment);
  const shipped: ShippedCommit[] = [];
  for (const service of distinctByRepository(services)) {
    const commits = await listShippedCommits(saved, service.repository);
    const resolved = commits.map(async (commit) => {
      const relevant = relevantCommit(commit, service);
      return { commit, relevant, pull: await findPullRequest(relevant) };
    });
    shipped.push(...(await Promise.all(resolved)));
  }
  await writer.write(changeRows(event, deployment, shipped, config.bigquery.metricsDataset));
});

/**
 * Lists the commits that a deployment adds to production: none for the first one, which has no commit to compare with, and none if GitHub
 * does not have one of the two commits, as after a force push. No later attempt would find them.
 *
 * @throws GitHub's other errors
 */
async function listShippedCommits(
  { sha, previousSha, app, environment, id }: Deploy,
  repository: string,
): Promise<Commit[]> {
  if (!sha || !previousSha || sha === previousSha) return [];
  try {
    return await commitsBetween(repository, previousSha, sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { app, environment, id, sha, previousSha };
    log("WARNING", "GitHub cannot compare the commits of a deployment; it has no rows", fields);
    return [];
  }
}
