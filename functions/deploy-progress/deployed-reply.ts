import type { Service } from "../../shared/organization/organization.ts";
import { link, mention } from "../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";

/** The reply in the thread of a message whose commit is deployed, with links to the pages of its release. */
export function deployedReply(
  { recipient, deployedSha }: { recipient: string; deployedSha: string },
  releaseLinks: Service["releaseLinks"],
): SlackMessage {
  const pages = releaseLinks.map(({ name, url }) =>
    link(url.replaceAll("{sha}", encodeURIComponent(deployedSha)), name),
  );
  const where = pages.length > 0 ? ` Watch its release: ${pages.join(", ")}` : "";
  return { text: `${mention(recipient)} your commit has been deployed.${where}` };
}
