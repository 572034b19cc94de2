import type { Service } from "../../shared/organization/organization.ts";
import { clippedText, escapeText, section } from "../../shared/slack/mrkdwn.ts";
import { colors, type SlackMessage } from "../../shared/slack/slack-message.ts";
import type { AlertContext, AlertKind } from "./decide.ts";

const MAX_NAME = 100;
const thresholds: Record<AlertKind, string> = {
  stalled: "noDeployHours",
  failing: "failuresInARow",
  waiting: "undeployedHours",
};

/** The message about a passed threshold, which says why its readers get it and how to mute it. Pure. */
export function alertMessage(
  { kind, text, isOpen, isRemoved = false }: AlertContext,
  service: Pick<Service, "name">,
): SlackMessage {
  const name = clippedText(service.name, MAX_NAME);
  const end = isRemoved ? `The feed at thresholds does not name ${name} any more.` : "This is over.";
  const sentence = isOpen ? `${text}.` : `~${text}.~ ${end}`;
  const reason = `This channel hears of the deployments of ${escapeText(service.name)} when they pass a threshold: \`feed.thresholds.${thresholds[kind]}\` of the service in ci-tooling.yaml. The mode \`off\` ends that.`;
  return {
    text: `${service.name}: ${isOpen ? text : isRemoved ? "no thresholds any more" : "deployments have recovered"}`,
    attachments: [
      {
        color: isOpen ? colors.red : colors.green,
        blocks: [
          section(`*${name}*: ${sentence}`),
          { type: "context", elements: [{ type: "mrkdwn", text: reason, verbatim: true }] },
        ],
      },
    ],
  };
}
