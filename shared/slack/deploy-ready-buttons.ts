import type { Button } from "@slack/web-api";
import { listTargets } from "../organization/deployment-targets.ts";
import type { Service } from "../organization/organization.ts";

/** action_id of each button, by which block_actions identifies it. */
export const actionIds = {
  deploy: "freight-deploy",
  viewUndeployed: "view-undeployed-commits",
  mute: "mute-deploy-notifications",
  unmute: "unmute-deploy-notifications",
} as const;

/** Opens the page on which a deployment is started. @returns null for a service without one */
export function deployButton(sha: string, service: Service): Button | null {
  if (service.deployPage === undefined) return null;
  const [target] = listTargets(service, [service]);
  const values: Record<string, string> = {
    app: target?.app ?? service.name,
    environment: target?.environment ?? "production",
    repository: service.repository,
    sha,
  };
  return {
    type: "button",
    style: "primary",
    text: { type: "plain_text", text: "Deploy" },
    action_id: actionIds.deploy,
    value: sha,
    url: service.deployPage.replace(/\{(\w+)\}/g, (placeholder, key) =>
      encodePart(values[key] ?? placeholder),
    ),
  };
}

/** A repository keeps its slash: in GitHub's addresses it separates two parts of the path. */
function encodePart(value: string): string {
  return encodeURIComponent(value).replaceAll("%2F", "/");
}

/** The commit and the service that a button is about. Buttons of releases that knew one service hold the commit alone. */
export function readButtonValue(value: string): { sha: string; service?: string } {
  const [sha = "", ...name] = value.split(" ");
  return name.length > 0 ? { sha, service: name.join(" ") } : { sha };
}

/** Opens a modal with the commits that would be deployed with `sha`. */
export function viewUndeployedButton(sha: string, service: Pick<Service, "name">): Button {
  return {
    type: "button",
    text: { type: "plain_text", text: "View undeployed commits" },
    action_id: actionIds.viewUndeployed,
    value: `${sha} ${service.name}`,
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
