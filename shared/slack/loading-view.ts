import type { ModalView } from "@slack/web-api";
import type { SlackEvent } from "../events/event.ts";
import { log } from "../observability/log.ts";
import { slackClient } from "./call-slack.ts";
import { actionIds } from "./deploy-ready-buttons.ts";

type Interaction = NonNullable<SlackEvent["interaction"]>;

/** Slack responds to views.open in a fraction of this. It waits 3 s for the response to the click. */
const TIMEOUT_MS = 1000;

/** Titles of the modals while their content is loading, by action_id of the button that opens them. */
const titles: Record<string, string> = {
  [actionIds.viewUndeployed]: "Undeployed commits",
};

/** Pure. @returns null for a click that opens no modal */
function buildLoadingView(interaction: Interaction): ModalView | null {
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
 * Opens the modal that belongs to a button, https://docs.slack.dev/reference/methods/views.open
 *
 * @returns id and hash for `views.update`; null for a click that opens no modal, and if Slack refused: the event is published nevertheless
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
