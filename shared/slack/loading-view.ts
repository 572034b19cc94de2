import type { ModalView } from "@slack/web-api";
import type { SlackEvent } from "../events/slack-event.ts";
import { log } from "../observability/log.ts";
import { actionIds } from "./deploy-ready-message/buttons.ts";
import { slackClient } from "./slack-client.ts";

type Interaction = NonNullable<SlackEvent["interaction"]>;

/** Slack answers views.open in a fraction of this, and waits 3 s for our own answer. */
const TIMEOUT_MS = 1000;

/** The buttons that open a modal, by action_id, with what the modal is called while its content is being fetched. */
const titles: Record<string, string> = {
  [actionIds.viewUndeployed]: "Undeployed commits",
};

/** The modal that a click opens at once; null when it opens none. Pure. */
export function buildLoadingView(interaction: Interaction): ModalView | null {
  const action = interaction.actions.find(({ actionId }) => Object.hasOwn(titles, actionId));
  const title = action && titles[action.actionId];
  if (!title) return null;
  return {
    type: "modal",
    title: { type: "plain_text", text: title },
    close: { type: "plain_text", text: "Close" },
    blocks: [
      {
        type: "section",
        text: {
          type: "plain_text",
          text: "Loading… If nothing is here within a minute, close this and try again.",
        },
      },
    ],
  };
}

/**
 * Opens the modal that a click asks for, https://docs.slack.dev/reference/methods/views.open
 *
 * @returns id and hash for `views.update`; null when the click opens none, or Slack refused: the event is worth publishing without it
 */
export async function openLoadingView(interaction: Interaction): Promise<Interaction["loadingView"]> {
  const view = buildLoadingView(interaction);
  if (!view || !interaction.triggerId) return null;
  try {
    const slack = await slackClient({ timeoutMs: TIMEOUT_MS });
    const opened = await slack.views.open({ trigger_id: interaction.triggerId, view });
    return opened.view?.id ? { id: opened.view.id, hash: opened.view.hash ?? null } : null;
  } catch (error) {
    log("ERROR", "Slack did not open the loading view", { error });
    return null;
  }
}
