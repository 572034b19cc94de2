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
import { requiredChecksOf } from "../../shared/github/branch-rules.ts";
import { relevantCommitDetails } from "../../shared/github/commits.ts";
import { isOnDeployedBranch } from "../../shared/github/is-on-deployed-branch.ts";
import type { BranchCheckRun } from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import { listTargets } from "../../shared/organization/deployment-targets.ts";
import { defineSubscriber, RedeliverLater } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import {
  DEPLOY_READY,
  deployReadyContext,
  deployReadyLock,
  deployReadyMessage,
  serviceOfMessage,
  toCommitDeploy,
} from "../../shared/slack/deploy-ready-message.ts";
import { findDeployer } from "../../shared/slack/find-member.ts";
import { postOnce } from "../../shared/slack/slack-message.ts";
import { type Announcement, type Decision, decision } from "./decide.ts";
import { findContaining, readCandidates } from "./deploy-containing.ts";
import { findRecipients } from "./find-recipient.ts";
import { havePassed } from "./have-passed.ts";
import { readRelevant } from "./read-relevant.ts";

const subscriber = "deploy-ready";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { found } = relevant;
  const key = { subscriber, event, lock: deployReadyLock(found.run.headSha) };
  for (const [index, announcement] of (await decideAnnouncements(key, found)).entries())
    await announce(
      event,
      announcement,
      index === 0 ? "" : ` ${announcement.service} ${announcement.recipient}`,
    );
});

/** A retry posts to the recipient of the first attempt, where it looks for that attempt's message. No lock is held while GitHub is asked. */
async function decideAnnouncements(key: ProcessingKey, found: BranchCheckRun): Promise<Announcement[]> {
  const earlier = await readDecision(database(), key, decision);
  const decided = earlier ?? (await findAnnouncements(found));
  const stored = await decideOnce(key, decision, async (_tx, first) => first ?? decided);
  return stored?.announcements ?? [];
}

/** One for each service that is deployed from the branch, and for each person whose commit it is. */
async function findAnnouncements(found: BranchCheckRun): Promise<Decision> {
  const sha = found.run.headSha;
  const announcements: Announcement[] = [];
  const because: string[] = [];
  for (const service of found.services) {
    const checks = await requiredChecksOf(service);
    if (
      !checks.includes(found.run.name) ||
      !(await havePassed(service.repository, sha, checks, found.run.name))
    ) {
      log("DEBUG", "No message: not the last of the required checks", { service: service.name, sha });
      because.push(`it is not the last of the required checks of ${service.name}`);
      continue;
    }
    if (!(await isOnDeployedBranch(found, service))) {
      log("INFO", "A required check is not about a commit of the branch", { sha });
      return { announcements: [], because: ["its commit is not on the branch"] };
    }
    const commit = await relevantCommitDetails(sha, service);
    if (!commit) {
      log("WARNING", "GitHub does not have the commit that is ready to deploy", { sha });
      return { announcements: [], because: ["GitHub does not have the commit"] };
    }
    const { recipients, because: reason } = await findRecipients(commit, service, config);
    if (reason !== null) because.push(reason);
    for (const { slackUser } of recipients)
      announcements.push({ service: service.name, sha, commit, recipient: slackUser });
  }
  return { announcements, because };
}

/** @param suffix tells apart the messages about one event: the first one has none, as in releases that knew one service */
async function announce(
  event: { id: string; receivedAt: string },
  announcement: Announcement,
  suffix: string,
) {
  const { sha, recipient } = announcement;
  const service = serviceOfMessage(announcement, config.services);
  if (!service) return log("INFO", "A service is not configured any more", { service: announcement.service });
  const targets = listTargets(service, config.services);
  const candidates = await readCandidates(database(), targets);
  const deploy = await findContaining(candidates, sha, service.repository);
  const deployer = deploy ? await findDeployer(database(), deploy.deployer, config) : null;

  const key = { subscriber, event: { id: `${event.id}${suffix}` }, lock: deployReadyLock(sha) };
  await processOnce(key, async ({ tx, isRetry }) => {
    const posted = await messagesAbout(tx, DEPLOY_READY, [sha], deployReadyContext);
    const isPosted = posted.some(
      ({ context }) =>
        context.recipient === recipient && serviceOfMessage(context, config.services) === service,
    );
    if (isPosted) return;
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
    const posting = { channel: recipient, event, part: `${DEPLOY_READY}${suffix}`, isRetry };
    const message = await postOnce(deployReadyMessage(context, config.services), posting);
    await rememberMessage(tx, { type: DEPLOY_READY, ref: sha, ...message, context });
  });
}
