import { isDeepStrictEqual } from "node:util";
import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import {
  decideOnce,
  type ProcessingKey,
  processOnce,
  readDecision,
} from "../../shared/database/process-once.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import { relevantCommitDetails } from "../../shared/github/commits.ts";
import {
  isOnDeployedBranch,
  type RequiredCheckRun,
  readRequiredCheckRun,
} from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import { listTargets } from "../../shared/organization/deployment-targets.ts";
import { defineSubscriber, RedeliverLater } from "../../shared/pubsub/define-subscriber.ts";
import {
  DEPLOY_READY,
  deployReadyContext,
  deployReadyLock,
  deployReadyMessage,
  toCommitDeploy,
} from "../../shared/slack/deploy-ready-message.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { postOnce } from "../../shared/slack/slack-message.ts";
import { type Announcement, decision } from "./decide.ts";
import { findContaining, readCandidates } from "./deploy-containing.ts";
import { findRecipient } from "./find-recipient.ts";

const subscriber = "deploy-ready";
const config = readConfig(process.env);
const targets = config.services.flatMap((service) => listTargets(service, config.services));

defineSubscriber(subscriber, async (event) => {
  const found = readRequiredCheckRun(event, config);
  if (found?.verdict !== "passed")
    return log("DEBUG", "No message: not a passed required check of the deployed branch");
  const key = { subscriber, event, lock: deployReadyLock(found.run.headSha) };
  const announcement = await decideAnnouncement(key, found);
  if (announcement) await announce(key, event, announcement);
});

/** A retry posts to the recipient of the first attempt, where it looks for that attempt's message. No lock is held while GitHub is asked. */
async function decideAnnouncement(key: ProcessingKey, found: RequiredCheckRun): Promise<Announcement | null> {
  const earlier = await readDecision(database(), key, decision);
  const decided = earlier ?? { announcement: await findAnnouncement(found) };
  const stored = await decideOnce(key, decision, async (_tx, first) => first ?? decided);
  return stored?.announcement ?? null;
}

async function findAnnouncement(found: RequiredCheckRun): Promise<Announcement | null> {
  const sha = found.run.headSha;
  if (!(await isOnDeployedBranch(found, config.deploy))) {
    log("INFO", "A required check is not about a commit of the branch", { sha });
    return null;
  }
  const commit = await relevantCommitDetails(sha, config.deploy);
  if (!commit) {
    log("WARNING", "GitHub does not have the commit that is ready to deploy", { sha });
    return null;
  }
  const author = await findRecipient(commit, config);
  return author && { sha, commit, recipient: author.slackUser };
}

async function announce(
  key: ProcessingKey,
  event: { id: string; receivedAt: string },
  announcement: Announcement,
) {
  const { sha, recipient } = announcement;
  const candidates = await readCandidates(database(), targets);
  const deploy = await findContaining(candidates, sha, config.deploy.repository);
  const deployer = deploy ? await findDeployer(database(), deploy.deployer, config.emailDomain) : null;

  await processOnce(key, async ({ tx, isRetry }) => {
    if ((await messagesAbout(tx, DEPLOY_READY, [sha], deployReadyContext)).length > 0) return;
    if (deploy?.status === "finished")
      return log("INFO", "A commit that is ready to deploy is already in production", { sha });
    // Under the lock, a deploy that was stored earlier is in the message, and one that is stored later finds the message.
    if (!isDeepStrictEqual(await readCandidates(tx, targets), candidates))
      throw new RedeliverLater("a deploy was reported while GitHub was asked");
    const context = {
      ...announcement,
      muted: false,
      deploy: deploy ? toCommitDeploy(deploy, deployer) : null,
    };
    const posting = { channel: recipient, event, part: DEPLOY_READY, isRetry };
    const posted = await postOnce(deployReadyMessage(context, config), posting);
    await rememberMessage(tx, { type: DEPLOY_READY, ref: sha, ...posted, context });
  });
}
