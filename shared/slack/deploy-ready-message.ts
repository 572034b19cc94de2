import type { KnownBlock } from "@slack/web-api";
import { z } from "zod";
import type { Deploy } from "../database/deploys.ts";
import type { Ordered } from "../deployments/is-newer.ts";
import { type DeployStatus, deployStatus } from "../events/deployment.ts";
import { commitDetails } from "../github/commits.ts";
import type { Service } from "../organization/organization.ts";
import { servicesOf } from "../organization/services.ts";
import { commitBlocks, commitLink, shortSha } from "./commit-blocks.ts";
import { deployButton, muteButton, viewUndeployedButton } from "./deploy-ready-buttons.ts";
import { clipped, clippedText, escapeText, link, section } from "./mrkdwn.ts";
import { type Color, colors, type SlackMessage } from "./slack-message.ts";

/** The type under which these messages are stored; their ref is the deployed repository's sha. */
export const DEPLOY_READY = "please-deploy";

/** The lock for posting and redrawing the message about a commit: of two concurrent changes, each must read what the other one wrote. */
export function deployReadyLock(sha: string): string {
  return `${DEPLOY_READY} ${sha}`;
}

/** A deployment that contains the commit. Earlier releases knew Freight alone, and stored its number only. */
const commitDeploy = z.object({
  source: z.string().optional(),
  id: z.string().optional(),
  attempt: z.number().optional(),
  begunAt: z.string().optional(),
  environment: z.string().optional(),
  number: z.number().nullable(),
  status: deployStatus,
  /** The source's page of the deployment. */
  link: z.string().nullable(),
  /** Freight's own sentence; empty for other sources. */
  title: z.string(),
  /** Seconds. */
  duration: z.number().nullable(),
  deployer: z
    .object({
      name: z.string(),
      /** null for a deployer who is not a member in Slack. */
      slackUser: z.string().nullable(),
    })
    .nullable(),
});
export type CommitDeploy = z.infer<typeof commitDeploy>;

/** State of a message about a commit that is ready to deploy, as the database stores it. */
export const deployReadyContext = z.object({
  /** Name of the service that the commit is ready for. Releases that knew one service stored none. */
  service: z.string().optional(),
  /** The deployed repository's commit that passed the required check. */
  sha: z.string(),
  /** The commit that the message shows: the upstream commit if `sha` only bumps the upstream repository. */
  commit: commitDetails,
  /** Slack id of the author. */
  recipient: z.string(),
  muted: z.boolean(),
  /** null until a deployment of the commit is reported. */
  deploy: commitDeploy.nullable(),
  /** Whether a reply in the thread has told the author that the commit is deployed. */
  announced: z.boolean().optional(),
});
export type DeployReadyContext = z.infer<typeof deployReadyContext>;

/** The service that a message is about. @returns undefined if it is not configured any more */
export function serviceOfMessage(
  { service }: Pick<DeployReadyContext, "service">,
  services: Service[],
): Service | undefined {
  return service === undefined ? services[0] : services.find(({ name }) => name === service);
}

export function toCommitDeploy(
  { source, id, attempt, begunAt, environment, number, status, link, title, ...times }: Deploy,
  deployer: CommitDeploy["deployer"],
): CommitDeploy {
  const { startedAt, finishedAt } = times;
  const seconds = startedAt && finishedAt && (finishedAt.getTime() - startedAt.getTime()) / 1000;
  const duration = times.duration ?? (seconds !== null && seconds >= 0 ? seconds : null);
  return { source, id, attempt, begunAt, environment, number, status, link, title, duration, deployer };
}

/** What orders the deployment that a message shows. */
export function toOrdered({
  source,
  id,
  attempt,
  begunAt,
  number,
}: Pick<CommitDeploy, "source" | "id" | "attempt" | "begunAt" | "number">): Ordered {
  return {
    source: source ?? "freight",
    id: id ?? String(number),
    attempt: attempt ?? 1,
    number,
    begunAt: begunAt ?? null,
  };
}

/** The name by which people know a deployment: its number, or else its environment, with a link to its page. */
export function deploymentName({
  number,
  environment = "deployment",
  link: page,
}: Pick<CommitDeploy, "number" | "environment" | "link">): string {
  const name = number === null ? environment : `#${number}`;
  return page ? link(page, name, MAX_NAME) : clippedText(name, MAX_NAME);
}

/** Text and colour of each state. A state in which the author can start a deploy has buttons. */
const states: Record<DeployStatus | "ready", { predicate: string; color: Color; buttons: boolean }> = {
  ready: { predicate: "is ready to deploy", color: "neutral", buttons: true },
  queued: { predicate: "is queued to be deployed", color: "neutral", buttons: false },
  started: { predicate: "is being deployed", color: "lightGreen", buttons: false },
  finished: { predicate: "has been deployed", color: "green", buttons: false },
  failed: { predicate: "was not deployed: the deploy failed", color: "red", buttons: true },
  canceled: { predicate: "was not deployed: the deploy was canceled", color: "neutral", buttons: true },
};

/** The direct message about a commit that is ready to deploy, in deploy, or deployed. Pure. */
export function deployReadyMessage(state: DeployReadyContext, services: Service[]): SlackMessage {
  const { commit, deploy } = state;
  const { predicate, color, buttons } = states[deploy?.status ?? "ready"];
  const service = serviceOfMessage(state, services);
  const name =
    service && sharesRepository(service, services) ? ` of ${clippedText(service.name, MAX_NAME)}` : "";
  const text = `Your commit ${commitLink(commit.repository, commit.sha)}${name} ${predicate}`;
  return {
    text: `Your commit ${shortSha(commit.sha)}${name} ${predicate}`,
    blocks: [section(text)],
    attachments: [
      {
        color: colors[color],
        blocks: [
          ...commitBlocks(commit),
          reason,
          ...(deploy ? [deployLine(deploy, state.recipient)] : []),
          ...(buttons ? [actions(state, service)] : []),
        ],
      },
    ],
  };
}

/** Which of them its reader is, the message does not know. */
const reason: KnownBlock = {
  type: "context",
  elements: [
    {
      type: "mrkdwn",
      text: "You get this because the commit is yours: you are its author, its co-author, or the author of its pull request. Write `deploy notifications off` to this app to get no more of these messages.",
      verbatim: true,
    },
  ],
};

/** Whether a message has to say which service of the repository it is about. */
function sharesRepository(service: Service, services: Service[]): boolean {
  return servicesOf(services, service.repository).length > 1;
}

function actions({ sha, muted }: DeployReadyContext, service: Service | undefined): KnownBlock {
  const deploy = service && deployButton(sha, service);
  return {
    type: "actions",
    block_id: "please-deploy",
    elements: [
      ...(deploy ? [deploy] : []),
      ...(service ? [viewUndeployedButton(sha, service)] : []),
      muteButton(muted),
    ],
  };
}

const MAX_TITLE = 500;
const MAX_NAME = 100;

/** One line about a deploy, such as "You are deploying this commit (#13)". @param recipient Slack id of the commit's author */
export function deployLine(deploy: CommitDeploy, recipient: string): KnownBlock {
  const { status, title } = deploy;
  const text = status === "failed" && title.trim() !== "" ? freightTitle(title) : sentence(deploy, recipient);
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}

const verbs: Record<Exclude<DeployStatus, "failed" | "canceled">, { you: string; other: string }> = {
  queued: { you: "have queued", other: "has queued" },
  started: { you: "are deploying", other: "is deploying" },
  finished: { you: "deployed", other: "deployed" },
};

function sentence(deploy: CommitDeploy, recipient: string): string {
  const { status, duration, deployer } = deploy;
  const reference = `(${deploymentName(deploy)})`;
  if (status === "failed" || status === "canceled")
    return `Deploy ${reference} ${status === "failed" ? "failed" : "was canceled"}`;
  const isRecipient = deployer?.slackUser === recipient;
  const name = isRecipient ? "You" : clippedText(deployer?.name ?? "Somebody", MAX_NAME);
  const time = status === "finished" && duration !== null ? ` in ${formatDuration(duration)}` : "";
  return `${name} ${verbs[status][isRecipient ? "you" : "other"]} this commit ${reference}${time}`;
}

/** Freight's titles contain links in Slack's format. Links to web pages stay links, everything else is escaped. */
export function freightTitle(title: string): string {
  const parts = clipped(title, MAX_TITLE).split(/(<https?:\/\/[^<>|\s]+\|[^<>|]*>)/);
  return parts
    .map((part) => {
      const [, url, text] = /^<(https?:[^|]+)\|([^>]*)>$/.exec(part) ?? [];
      return url !== undefined && text !== undefined ? link(url, text) : escapeText(part);
    })
    .join("");
}

/** Formats a duration as "45 s", "8 min 12 s" or "1 h 3 min". @param seconds are rounded */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}
