import type { SectionBlock } from "@slack/web-api";

/** A section of mrkdwn text. `verbatim` keeps Slack from turning plain text such as `example.com` or `#general` into links. */
export function section(text: string): SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
