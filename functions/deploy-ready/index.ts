import { readConfig } from "../../shared/config.ts";
import { once } from "../../shared/database/once.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import { relevantCommitDetails } from "../../shared/github/commit-details.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { commitDeployOf } from "../../shared/slack/please-deploy/commit-deploy.ts";
import { deployerNamed } from "../../shared/slack/please-deploy/deployer.ts";
import { PLEASE_DEPLOY, type PleaseDeploy } from "../../shared/slack/please-deploy/please-deploy.ts";
import { pleaseDeployMessage } from "../../shared/slack/please-deploy/please-deploy-message.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import { authorToTell } from "./author-to-tell.ts";
import { deployWith } from "./deploy-with.ts";
import { isReady } from "./is-ready.ts";

const subscriber = "deploy-ready";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  if (!isReady(event, config)) return;
  const sha = event.checkRun.headSha;
  const commit = await relevantCommitDetails(sha, config.deploy);
  if (!commit) return log("WARNING", "GitHub does not know the commit that is ready to deploy", { sha });
  const author = await authorToTell(commit, config);
  if (!author) return;

  // Behind the lock: a deploy that starts now finds the message, and one that started before is in it.
  await once({ subscriber, event, lock: PLEASE_DEPLOY }, async ({ tx, again }) => {
    if ((await messagesAbout(tx, PLEASE_DEPLOY, [sha])).length > 0) return;
    const deploy = await deployWith(tx, sha, config.deploy);
    if (deploy?.status === "finished")
      return log("INFO", "A commit that is ready to deploy is in production already", { sha });
    const deployer = deploy ? await deployerNamed(tx, deploy.deployer, config.emailDomain) : null;
    const context: PleaseDeploy = {
      sha,
      commit,
      recipient: author.slackUser,
      muted: false,
      deploy: deploy ? commitDeployOf(deploy, deployer) : null,
    };
    const posting = { channel: author.slackUser, event, part: PLEASE_DEPLOY, again };
    const placed = await postOnce(pleaseDeployMessage(context, config), posting);
    await rememberMessage(tx, { type: PLEASE_DEPLOY, ref: sha, ...placed, context });
  });
});
