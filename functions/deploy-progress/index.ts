import { WebAPIRateLimitedError } from "@slack/web-api";
import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { saveDeploy } from "../../shared/database/deploys.ts";
import { lock } from "../../shared/database/lock.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { messagesAbout } from "../../shared/database/slack-messages.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { DEPLOY_READY } from "../../shared/slack/deploy-ready-message/deploy-ready-context.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { deployedShas } from "./deployed-shas.ts";
import { isProductionDeploy } from "./is-production-deploy.ts";
import { refreshMessage } from "./refresh-message.ts";

const subscriber = "deploy-progress";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  if (!isProductionDeploy(event, config.deploy)) return;
  // Before anything is decided, and not left to `deploys`, which may have the event later.
  const saved = await saveDeploy(database(), event);
  const shas = await deployedShas(event, config.deploy.repository);
  // Behind the lock: a message that is being posted right now was drawn without this deploy, and is to be found.
  const messages = await database().transaction(async (tx) => {
    await lock(tx, DEPLOY_READY);
    return messagesAbout(tx, DEPLOY_READY, shas);
  });
  if (messages.length === 0) return;
  const deployer = await findDeployer(database(), saved.deployer, config.emailDomain);

  // Each message is a turn of its own: what was said is kept when the next one fails, and others get theirs in between.
  await forEachOfThem(messages, ({ id }) =>
    processOnce({ subscriber, event: { id: `${event.id} message ${id}` }, lock: DEPLOY_READY }, (attempt) =>
      refreshMessage(id, { event, deployer, config }, attempt),
    ),
  );
});

/** What goes wrong with one person's message does not keep the others from theirs; except Slack's rate limit, which is everybody's. */
async function forEachOfThem<T>(items: T[], work: (item: T) => Promise<void>) {
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
    throw new Error(`${failures.length} of ${items.length} messages are not up to date`, {
      cause: failures[0],
    });
}
