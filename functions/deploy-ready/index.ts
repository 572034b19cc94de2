import { readConfig } from "../../shared/config.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import { relevantCommitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import {
  DEPLOY_READY,
  type DeployReadyContext,
  deployReadyContext,
  deployReadyMessage,
  toCommitDeploy,
} from "../../shared/slack/deploy-ready-message.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { postOnce } from "../../shared/slack/slack-message.ts";
import { isReady } from "./decide.ts";
import { deployContaining } from "./deploy-containing.ts";
import { findRecipient } from "./find-recipient.ts";

const subscriber = "deploy-ready";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  if (!isReady(event, config))
    return log("DEBUG", "No message: not a passed required check of the deployed branch");
  const sha = event.checkRun.headSha;
  const commit = await relevantCommitDetails(sha, config.deploy);
  if (!commit) return log("WARNING", "GitHub does not have the commit that is ready to deploy", { sha });
  const author = await findRecipient(commit, config);
  if (!author) return;

  // Under the lock, a deploy that starts earlier is in the message, and one that starts later finds the message.
  await processOnce({ subscriber, event, lock: DEPLOY_READY }, async ({ tx, isRetry }) => {
    if ((await messagesAbout(tx, DEPLOY_READY, [sha], deployReadyContext)).length > 0) return;
    const deploy = await deployContaining(tx, sha, config.deploy);
    if (deploy?.status === "finished")
      return log("INFO", "A commit that is ready to deploy is already in production", { sha });
    const deployer = deploy ? await findDeployer(tx, deploy.deployer, config.emailDomain) : null;
    const context: DeployReadyContext = {
      sha,
      commit,
      recipient: author.slackUser,
      muted: false,
      deploy: deploy ? toCommitDeploy(deploy, deployer) : null,
    };
    const posting = { channel: author.slackUser, event, part: DEPLOY_READY, isRetry };
    const posted = await postOnce(deployReadyMessage(context, config), posting);
    await rememberMessage(tx, { type: DEPLOY_READY, ref: sha, ...posted, context });
  });
});
