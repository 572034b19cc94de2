import { clippedText, link } from "../../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../../shared/slack/slack-message.ts";
import type { PullRequestReference, WorkflowRun } from "./pull-request-runs.ts";

/** Well below the 4,000 characters that Slack recommends for a message. */
const MAX_NAMES = 2000;
const MAX_TYPED = 200;

const usage = "`gha cancel https://github.com/<owner>/<repository>/pull/<number>`"
  .replaceAll("<", "&lt;")
  .replaceAll(">", "&gt;");

export function cancelling(pull: PullRequestReference): SlackMessage {
  return { text: `Cancelling the workflows of ${pullLink(pull)} …` };
}

/** @param runs the runs that were cancelled */
export function cancelled(pull: PullRequestReference, runs: WorkflowRun[]): SlackMessage {
  if (runs.length === 0) return { text: `No workflows to cancel for ${pullLink(pull)}` };
  const workflows = runs.length === 1 ? "1 workflow" : `${runs.length} workflows`;
  return { text: `Cancelled ${workflows} of ${pullLink(pull)}: ${formatNames(runs)}` };
}

export function notFound(pull: PullRequestReference): SlackMessage {
  return { text: `Unable to find ${pullLink(pull)}` };
}

export function notInstalled(pull: PullRequestReference): SlackMessage {
  return { text: `Unable to find ${pullLink(pull)}: the GitHub App is not installed in ${pull.owner}` };
}

/** @param typed the text that the user wrote as the address */
export function noPullRequest(typed: string): SlackMessage {
  const where = typed === "" ? "" : ` in “${clippedText(typed, MAX_TYPED)}”`;
  return { text: `Unable to find a pull request${where}. Write its full address: ${usage}` };
}

export function otherOrganization(organization: string): SlackMessage {
  return { text: `I cancel workflows only in repositories of ${organization}.` };
}

export const notLinked: SlackMessage = {
  text: "I cancel workflows only for people whose GitHub login I know. Link yours in my *Home* tab, then ask again.",
};

function pullLink({ owner, repo, number }: PullRequestReference): string {
  return link(`https://github.com/${owner}/${repo}/pull/${number}`, `${owner}/${repo}#${number}`);
}

/** Each name once, with its count if a workflow ran for several commits. */
function formatNames(runs: WorkflowRun[]): string {
  const counts = new Map<string, number>();
  for (const { name } of runs) counts.set(name, (counts.get(name) ?? 0) + 1);
  const list = [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
  return clippedText(list.join(", "), MAX_NAMES);
}
