import { WebAPIRateLimitedError } from "@slack/web-api";
import { readConfig } from "../../shared/config.ts";
import { database, waitForLocks } from "../../shared/database/database.ts";
import { type Deploy, saveDeploy } from "../../shared/database/deploys.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { messagesAbout } from "../../shared/database/slack-messages.ts";
import { commitsBetween } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { distinctByRepository } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import {
  DEPLOY_READY,
  deployReadyContext,
  deployReadyLock,
  serviceOfMessage,
} from "../../shared/slack/deploy-ready-message.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { applyDecision } from "./apply-decision.ts";
import { readRelevant } from "./read-relevant.ts";

const subscriber = "deploy-progress";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { deployment, services } = relevant;
  // The subscriber `deploys` saves it too, but possibly later than the decision reads it.
  const saved = await saveDeploy(event, deployment);
  const shas = await listShas(saved, services);
  // A message that is being posted now may have been drawn without this deploy, and must be found.
  await waitForLocks(shas.map(deployReadyLock));
  const stored = await messagesAbout(database(), DEPLOY_READY, shas, deployReadyContext);
  const messages = stored.filter(({ context }) => {
    const service = serviceOfMessage(context, config.services);
    return service !== undefined && services.includes(service);
  });
  if (messages.length === 0)
    return log("DEBUG", "Nothing to update: no message is about a commit of this deploy");
  const deployer = await findDeployer(database(), saved.deployer, config);

  // One transaction per message: a failure loses no other message's result.
  await forEachDespiteFailures(messages, ({ id, ref }) =>
    processOnce(
      { subscriber, event: { id: `${event.id} message ${id}` }, lock: deployReadyLock(ref) },
      (attempt) =>
        applyDecision(id, { event, saved, reported: deployment.status, deployer, config }, attempt),
    ),
  );
});

/** The commits that a deployment adds to production, in all repositories of the services that it deploys. */
async function listShas(saved: Deploy, services: Service[]): Promise<string[]> {
  const shas: string[] = [];
  for (const { repository } of distinctByRepository(services))
    shas.push(...(await listDeployedShas(saved, repository)));
  return [...new Set(shas)];
}

/**
 * Lists the commits that a deploy adds to production. A rollback adds none. If the previous commit is missing, or GitHub does not have
 * one of the two, only the deployed commit is returned.
 *
 * @param repository owner/name
 * @throws GitHub's other errors
 */
async function listDeployedShas(
  { sha, previousSha, app, environment, id }: Deploy,
  repository: string,
): Promise<string[]> {
  // Freight and GoCD may report a deployment before they have resolved the commit.
  if (!sha) return [];
  if (!previousSha) return [sha];
  try {
    return (await commitsBetween(repository, previousSha, sha)).map((commit) => commit.sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { app, environment, id, sha, previousSha };
    log(
      "WARNING",
      "GitHub cannot compare the commits of a deploy; only the deployed commit is updated",
      fields,
    );
    return [sha];
  }
}

/** Continues after the failure of one item, except after Slack's rate limit, which affects all of them. */
async function forEachDespiteFailures<T>(items: T[], work: (item: T) => Promise<void>) {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${items.length} messages could not be updated`, {
      cause: failures[0],
    });
}
