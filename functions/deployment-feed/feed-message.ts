import type { Deploy } from "../../shared/database/deploys.ts";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { commitLink } from "../../shared/slack/commit-blocks.ts";
import { deploymentName, formatDuration, toCommitDeploy } from "../../shared/slack/deploy-ready-message.ts";
import { clippedText, escapeText, section } from "../../shared/slack/mrkdwn.ts";
import { type Color, colors, type SlackMessage } from "../../shared/slack/slack-message.ts";

const MAX_NAME = 100;

const states: Record<DeployStatus, { predicate: string; color: Color }> = {
  queued: { predicate: "is queued", color: "neutral" },
  started: { predicate: "is running", color: "lightGreen" },
  finished: { predicate: "finished", color: "green" },
  failed: { predicate: "failed", color: "red" },
  canceled: { predicate: "was canceled", color: "neutral" },
};

/** The message about an attempt of a deployment. It says why its readers get it, and how to mute it. Pure. */
export function feedMessage(deploy: Deploy, service: Pick<Service, "name" | "repository">): SlackMessage {
  const { color } = states[deploy.status];
  return {
    text: sentence(deploy, service),
    attachments: [
      {
        color: colors[color],
        blocks: [
          section(linkedSentence(deploy, service)),
          { type: "context", elements: [{ type: "mrkdwn", text: reason(service), verbatim: true }] },
        ],
      },
    ],
  };
}

/** The reply in the message's thread that tells a status. Pure. */
export function feedReply(deploy: Deploy): SlackMessage {
  return { text: `The deployment ${states[deploy.status].predicate}${duration(deploy)}.` };
}

/** Without links, for notifications. */
function sentence(deploy: Deploy, { name }: Pick<Service, "name">): string {
  const { deployer, ...rest } = toCommitDeploy(deploy, null);
  const which = deploymentName({ ...rest, link: null });
  return `Deployment ${which} of ${clippedText(name, MAX_NAME)} ${states[deploy.status].predicate}`;
}

function linkedSentence(deploy: Deploy, { name, repository }: Pick<Service, "name" | "repository">): string {
  const which = deploymentName(toCommitDeploy(deploy, null));
  const commit = deploy.sha ? ` of ${commitLink(repository, deploy.sha)}` : "";
  const by = deploy.deployer ? ` by ${clippedText(deploy.deployer, MAX_NAME)}` : "";
  const again = deploy.attempt > 1 ? `, attempt ${deploy.attempt},` : "";
  const { predicate } = states[deploy.status];
  return `*${clippedText(name, MAX_NAME)}*: deployment ${which}${commit}${by}${again} ${predicate}${duration(deploy)}`;
}

function duration(deploy: Deploy): string {
  const seconds = toCommitDeploy(deploy, null).duration;
  return deploy.status === "finished" && seconds !== null ? ` in ${formatDuration(seconds)}` : "";
}

function reason({ name }: Pick<Service, "name">): string {
  const service = escapeText(name);
  return `This channel follows the deployments of ${service}: \`feed\` of the service in ci-tooling.yaml. Its mode \`off\` ends that.`;
}
