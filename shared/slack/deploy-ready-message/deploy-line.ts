import type { KnownBlock } from "@slack/web-api";
import type { DeployStatus } from "../../events/freight-event.ts";
import { clippedText, escapeText, link } from "../mrkdwn.ts";
import type { CommitDeploy } from "./deploy-ready-context.ts";

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

function sentence(
  { status, number, link: page, duration, deployer }: CommitDeploy,
  recipient: string,
): string {
  const reference = `(${page ? link(page, `#${number}`) : `#${number}`})`;
  if (status === "failed" || status === "canceled")
    return `Deploy ${reference} ${status === "failed" ? "failed" : "was canceled"}`;
  const isRecipient = deployer?.slackUser === recipient;
  const name = isRecipient ? "You" : clippedText(deployer?.name ?? "Somebody", MAX_NAME);
  const time = status === "finished" && duration !== null ? ` in ${formatDuration(duration)}` : "";
  return `${name} ${verbs[status][isRecipient ? "you" : "other"]} this commit ${reference}${time}`;
}

/** Freight's titles contain links in Slack's format. Links to web pages stay links, everything else is escaped. */
export function freightTitle(title: string): string {
  const parts = title.slice(0, MAX_TITLE).split(/(<https?:\/\/[^<>|\s]+\|[^<>|]*>)/);
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
