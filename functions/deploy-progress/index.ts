import { WebAPIRateLimitedError } from "@slack/web-api";
import { readConfig } from "../../shared/config.ts";
import { database, waitForLocks } from "../../shared/database/database.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { messagesAbout } from "../../shared/database/slack-messages.ts";
import { commitsBetween } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { listRepositories, servicesDeployedBy } from "../../shared/organization/services.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import {
  DEPLOY_READY,
  deployReadyContext,
  deployReadyLock,
  serviceOfMessage,
} from "../../shared/slack/deploy-ready-message.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { applyDecision } from "./apply-decision.ts";
import { isProductionDeploy, type ProductionDeploy } from "./decide.ts";

const subscriber = "deploy-progress";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  if (!isProductionDeploy(event, config.services))
    return log("DEBUG", "Nothing to update: not a deploy of a service to production");
  // The subscriber `deploys` saves it too, but possibly later than the decision reads it.
  const saved = await saveDeploy(database(), event);
  const services = servicesDeployedBy(config.services, event.source, event);
  const shas = await listShas(event, services);
  // A message that is being posted now may have been drawn without this deploy, and must be found.
  await waitForLocks(shas.map(deployReadyLock));
  const stored = await messagesAbout(database(), DEPLOY_READY, shas, deployReadyContext);
  const messages = stored.filter(({ context }) => {
    const service = serviceOfMessage(context, config.services);
    return service !== undefined && services.includes(service);
  });
  if (messages.length === 0)
    return log("DEBUG", "Nothing to update: no message is about a commit of this deploy");
  const deployer = await findDeployer(database(), saved.deployer, config.emailDomain);

  // One transaction per message: a failure loses no other message's result.
  await forEachDespiteFailures(messages, ({ id, ref }) =>
    processOnce(
      { subscriber, event: { id: `${event.id} message ${id}` }, lock: deployReadyLock(ref) },
      (attempt) => applyDecision(id, { event, deployer, config }, attempt),
    ),
  );
});

/** The commits that a deploy adds to production, in all repositories of the services that it deploys. */
async function listShas(event: ProductionDeploy, services: Service[]): Promise<string[]> {
  const shas: string[] = [];
  for (const repository of listRepositories(services.map((service) => ({ ...service, upstream: undefined }))))
    shas.push(...(await listDeployedShas(event, repository)));
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
  { sha, previousSha, subject }: Pick<ProductionDeploy, "sha" | "previousSha" | "subject">,
  repository: string,
): Promise<string[]> {
  if (!previousSha) return [sha];
  try {
    return (await commitsBetween(repository, previousSha, sha)).map((commit) => commit.sha);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    const fields = { deploy: subject, sha, previousSha };
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
