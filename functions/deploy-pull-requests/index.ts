import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { type Commit, commitsBetween, findPullRequest, relevantCommit } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { isSameRepository, servicesDeployedBy } from "../../shared/organization/services.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import {
  hasShippedCommits,
  pullRequestRows,
  type ShippedCommit,
  type ShippedDeploy,
} from "./pull-request-rows.ts";

const config = readConfig(process.env);
const writer = new RowWriter();

defineSubscriber("deploy-pull-requests", async (event) => {
  if (!hasShippedCommits(event, config.services))
    return log("DEBUG", "No rows: not a finished deploy of a service with new commits");
  const services = servicesDeployedBy(config.services, event.source, event);
  // Services that share an app and a repository ship the same commits.
  const repositories = services.filter(
    ({ repository }, index) =>
      index === services.findIndex((other) => isSameRepository(repository, other.repository)),
  );
  const shipped: ShippedCommit[] = [];
  for (const service of repositories) {
    const commits = await listShippedCommits(event, service.repository);
    const resolved = commits.map(async (commit) => {
      const relevant = relevantCommit(commit, service);
      return { commit, relevant, pull: await findPullRequest(relevant) };
    });
    shipped.push(...(await Promise.all(resolved)));
  }
  await writer.write(pullRequestRows(event, shipped, config.bigquery.metricsDataset));
});

/**
 * Lists the commits that a deploy adds to production; none if GitHub does not have one of the two commits, as after a force push. No
 * later attempt would find them.
 *
 * @throws GitHub's other errors
 */
async function listShippedCommits(
  { sha, previousSha, subject }: ShippedDeploy,
  repository: string,
): Promise<Commit[]> {
  try {
    return await commitsBetween(repository, previousSha, sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { deploy: subject, sha, previousSha };
    log("WARNING", "GitHub cannot compare the commits of a deploy; it has no rows", fields);
    return [];
  }
}
