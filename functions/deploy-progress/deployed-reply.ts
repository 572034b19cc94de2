import type { Config } from "../../shared/config.ts";
import { link, mention } from "../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";

/** What the author is told in the thread when the commit is deployed, with the pages of its release. Pure. */
export function deployedReply(
  { recipient, deployedSha }: { recipient: string; deployedSha: string },
  releaseLinks: Config["releaseLinks"],
): SlackMessage {
  const pages = releaseLinks.map(({ name, value }) =>
    link(value.replaceAll("{sha}", encodeURIComponent(deployedSha)), name),
  );
  const where = pages.length > 0 ? ` Watch its release: ${pages.join(", ")}` : "";
  return { text: `${mention(recipient)} your commit has been deployed.${where}` };
}
