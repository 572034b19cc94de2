import type { KnownBlock } from "@slack/web-api";
import type { DeployStatus } from "../../events/freight-event.ts";
import { section } from "../blocks.ts";
import { commitBlocks, commitLink, shortSha } from "../commit-blocks.ts";
import { type Color, colors, type SlackMessage } from "../slack-message.ts";
import { deployButton, muteButton, viewUndeployedButton } from "./buttons.ts";
import { deployLine } from "./deploy-line.ts";
import type { DeployReadyConfig, DeployReadyContext } from "./deploy-ready-context.ts";

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
export function deployReadyMessage(state: DeployReadyContext, config: DeployReadyConfig): SlackMessage {
  const { commit, deploy } = state;
  const { predicate, color, buttons } = states[deploy?.status ?? "ready"];
  const text = `Your commit ${commitLink(commit.repository, commit.sha)} ${predicate}`;
  return {
    text: `Your commit ${shortSha(commit.sha)} ${predicate}`,
    blocks: [section(text)],
    attachments: [
      {
        color: colors[color],
        blocks: [
          ...commitBlocks(commit),
          ...(deploy ? [deployLine(deploy, state.recipient)] : []),
          ...(buttons ? [actions(state, config)] : []),
        ],
      },
    ],
  };
}

function actions({ sha, muted }: DeployReadyContext, config: DeployReadyConfig): KnownBlock {
  return {
    type: "actions",
    block_id: "please-deploy",
    elements: [deployButton(sha, config), viewUndeployedButton(sha), muteButton(muted)],
  };
}
