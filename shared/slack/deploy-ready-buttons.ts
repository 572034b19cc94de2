import type { Button } from "@slack/web-api";
import type { Config } from "../config.ts";

/** action_id of each button, by which block_actions identifies it. */
export const actionIds = {
  deploy: "freight-deploy",
  viewUndeployed: "view-undeployed-commits",
  mute: "mute-deploy-notifications",
  unmute: "unmute-deploy-notifications",
} as const;

/** Opens Freight's page for starting a deploy. */
export function deployButton(
  sha: string,
  { freightUrl, deploy }: Pick<Config, "freightUrl" | "deploy">,
): Button {
  return {
    type: "button",
    style: "primary",
    text: { type: "plain_text", text: "Deploy" },
    action_id: actionIds.deploy,
    value: sha,
    url: `${freightUrl}/deploy?app=${encodeURIComponent(deploy.app)}`,
  };
}

/** Opens a modal with the commits that would be deployed with `sha`. */
export function viewUndeployedButton(sha: string): Button {
  return {
    type: "button",
    text: { type: "plain_text", text: "View undeployed commits" },
    action_id: actionIds.viewUndeployed,
    value: sha,
  };
}

/** Turns deploy notifications off, after a confirmation, or on again. */
export function muteButton(muted: boolean): Button {
  if (muted) {
    return {
      type: "button",
      text: { type: "plain_text", text: "Un-mute" },
      action_id: actionIds.unmute,
      value: "unmute",
    };
  }
  return {
    type: "button",
    text: { type: "plain_text", text: "Mute" },
    action_id: actionIds.mute,
    value: "mute",
    confirm: {
      title: { type: "plain_text", text: "Mute deploy notifications?" },
      text: {
        type: "mrkdwn",
        text: "You will no longer be told when a commit of yours is ready to deploy.\nTo undo it, open this app's *Home* tab and press *Un-mute*, or send it the message `deploy notifications on`.",
      },
      confirm: { type: "plain_text", text: "Mute" },
      deny: { type: "plain_text", text: "Cancel" },
    },
  };
}
