import type { KnownBlock } from "@slack/web-api";
import type { DeployStatus } from "../../events/freight-event.ts";
import { commitBlocks, commitLink, shortSha } from "../commit-blocks.ts";
import { type Color, colors, type SlackMessage } from "../slack-message.ts";
import { deployButton, muteButton, viewUndeployedButton } from "./buttons.ts";
import { deployLine } from "./deploy-line.ts";
import type { DeployReadyConfig, DeployReadyContext } from "./deploy-ready-context.ts";

/** What is said of a commit in each state, and in which colour. Where another try is possible the buttons are there. */
const states: Record<DeployStatus | "ready", { says: string; color: Color; buttons: boolean }> = {
  ready: { says: "is ready to deploy", color: "neutral", buttons: true },
  queued: { says: "is queued to be deployed", color: "neutral", buttons: false },
  started: { says: "is being deployed", color: "lightGreen", buttons: false },
  finished: { says: "has been deployed", color: "green", buttons: false },
  failed: { says: "was not deployed: the deploy failed", color: "red", buttons: true },
  canceled: { says: "was not deployed: the deploy was canceled", color: "neutral", buttons: true },
};

/** The direct message about a commit, from ready to deployed. Pure: a message is a function of its state. */
export function deployReadyMessage(state: DeployReadyContext, config: DeployReadyConfig): SlackMessage {
  const { commit, deploy } = state;
  const { says, color, buttons } = states[deploy?.status ?? "ready"];
  const text = `Your commit ${commitLink(commit.repository, commit.sha)} ${says}`;
  return {
    text: `Your commit ${shortSha(commit.sha)} ${says}`,
    blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }],
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
