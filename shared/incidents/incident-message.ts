import type { KnownBlock } from "@slack/web-api";
import { z } from "zod";
import { shortSha } from "../slack/commit-blocks.ts";
import { clippedText, escapeText, link, mention, section } from "../slack/mrkdwn.ts";
import { colors, type SlackMessage } from "../slack/slack-message.ts";
import { type IncidentState, isLinked, type LinkedDeployment, type LinkReason } from "./incident-state.ts";
import type { IncidentKey } from "./incident-store.ts";

const MAX_TITLE = 200;
const MAX_WORD = 80;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const MAX_VALUE = 2000;

/** Action id of the button "This deploy did not cause it". */
export const UNLINK_INCIDENT = "unlink-incident";

const pressed = z.object({ source: z.string(), id: z.string(), deployment: z.string() });

/** What the button is about. `deployment` is the one that the message showed. */
export type UnlinkRequest = z.infer<typeof pressed>;

/** Identifies a deployment in the value of a button. */
export function toDeploymentKey({ source, app, environment, id, attempt }: LinkedDeployment): string {
  return [source, app, environment, id, attempt].join("/");
}

/** Reads the value of the button. @returns null for any other text */
export function parseUnlinkRequest(value: string | null): UnlinkRequest | null {
  try {
    return pressed.parse(JSON.parse(value ?? ""));
  } catch {
    return null;
  }
}

const because: Partial<Record<LinkReason, string>> = {
  deployment: "the incident names it",
  sha: "it brought the commit that the incident names",
  release: "the incident names its release",
  latest: "it was the last one before",
};

/**
 * The message about an incident, in all of its states.
 *
 * @param linkWithinHours of the service
 */
export function incidentMessage(
  key: IncidentKey,
  state: IncidentState,
  linkWithinHours: number,
): SlackMessage {
  const title = state.title || key.id;
  const headline = state.link ? link(state.link, title, MAX_TITLE) : clippedText(title, MAX_TITLE);
  const service = clippedText(state.service ?? state.serviceNamed ?? "an unknown service", MAX_WORD);
  const severity = state.severity ? ` · ${clippedText(state.severity, MAX_WORD)}` : "";
  const isOpen = state.status === "opened";
  const says = isOpen ? "Incident" : "Resolved incident";
  const times = [
    state.openedAt && `opened ${showTime(state.openedAt)}`,
    state.resolvedAt && `resolved ${showTime(state.resolvedAt)}`,
  ].filter((text) => text !== null);
  return {
    text: `${says} in ${service}: ${clippedText(title, MAX_TITLE)}`,
    blocks: [section(`*${says} in ${service}:* ${headline}${severity}\n${times.join(", ")}`)],
    attachments: [
      {
        color: colors[isOpen ? "red" : "green"],
        fallback: isOpen ? "open" : "resolved",
        blocks: [
          section(describeLink(state, linkWithinHours)),
          ...unlinkButton(key, state),
          whyHere(service),
        ],
      },
    ],
  };
}

function describeLink(state: IncidentState, linkWithinHours: number): string {
  const { deployment, linkReason, unlinkedBy } = state;
  if (!deployment)
    return `No deployment to production finished in the ${linkWithinHours} hours before: it is not linked to one.`;
  const name = describeDeployment(deployment);
  if (linkReason === "unlinked")
    return `${unlinkedBy ? mention(unlinkedBy) : "A member"} said that ${name} did not cause it.`;
  return `Linked to ${name}, because ${because[linkReason] ?? "of its time"}.`;
}

function describeDeployment({ app, environment, id, number, link: page, sha }: LinkedDeployment): string {
  const name = number === null ? clippedText(id, MAX_WORD) : `#${number}`;
  const commit = sha ? ` (\`${escapeText(shortSha(sha))}\`)` : "";
  const target = clippedText(`${app} to ${environment}`, 2 * MAX_WORD);
  return `deployment ${page ? link(page, name) : name} of ${target}${commit}`;
}

function unlinkButton({ source, id }: IncidentKey, state: IncidentState): KnownBlock[] {
  if (!state.deployment || !isLinked(state)) return [];
  const value = JSON.stringify({ source, id, deployment: toDeploymentKey(state.deployment) });
  if (value.length > MAX_VALUE) return [];
  const text = { type: "plain_text" as const, text: "This deploy did not cause it" };
  return [{ type: "actions", elements: [{ type: "button", action_id: UNLINK_INCIDENT, text, value }] }];
}

function whyHere(service: string): KnownBlock {
  const text = `This is the channel of ${service} in ci-tooling.yaml, which also says which incidents are the service's. \`incidents.messages: off\` of the service ends these messages.`;
  return { type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] };
}

/** Each reader sees it in their own time zone, https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
function showTime(time: string): string {
  const seconds = Math.floor(Date.parse(time) / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${time}>`;
}
