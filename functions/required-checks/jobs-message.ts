import type { KnownBlock } from "@slack/web-api";
import { clippedText, link } from "../../shared/slack/mrkdwn.ts";
import { MAX_MESSAGE_BLOCKS, MAX_SECTION, type SlackMessage } from "../../shared/slack/slack-message.ts";
import type { Job } from "./jobs-of.ts";
import { isFine } from "./required-check-of.ts";

const MAX_NAME = 200;
/** A line with more, because of a long address, is shown without its link. */
const MAX_LINE = 1000;

/** A line per job of the check, with its conclusion, as many as fit into a message. */
export function jobsMessage(jobs: Job[]): SlackMessage {
  const failed = jobs.filter(({ conclusion }) => !isFine(conclusion)).length;
  const { sections, left } = pack(jobs.map(line));
  const more = left > 0 ? [section(`… and ${left} more`)] : [];
  return {
    text: `${failed} of ${jobs.length} ${jobs.length === 1 ? "job" : "jobs"} did not pass`,
    blocks: [...sections.map(section), ...more],
  };
}

function line({ name, url, conclusion }: Job): string {
  const mark = isFine(conclusion) ? ":white_check_mark:" : ":x:";
  const said = clippedText(conclusion, MAX_NAME);
  const linked = url ? `${mark} ${link(url, name, MAX_NAME)} ${said}` : "";
  return linked !== "" && linked.length <= MAX_LINE
    ? linked
    : `${mark} ${clippedText(name, MAX_NAME)} ${said}`;
}

/** Puts lines together into sections of at most Slack's length; one block is kept for what is left over. */
function pack(lines: string[]): { sections: string[]; left: number } {
  const sections: string[] = [];
  let current = "";
  for (const [index, next] of lines.entries()) {
    if (current !== "" && current.length + 1 + next.length > MAX_SECTION) {
      sections.push(current);
      current = "";
      if (sections.length === MAX_MESSAGE_BLOCKS - 1) return { sections, left: lines.length - index };
    }
    current = current === "" ? next : `${current}\n${next}`;
  }
  if (current !== "") sections.push(current);
  return { sections, left: 0 };
}

function section(text: string): KnownBlock {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
