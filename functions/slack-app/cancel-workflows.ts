import { z } from "zod";
import { database } from "../../shared/database/database.ts";
import { findUserBySlackId } from "../../shared/database/users.ts";
import { hasStatus, NotInstalledError, repositoryClient } from "../../shared/github/installation-client.ts";
import { clippedText, link } from "../../shared/slack/mrkdwn.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { defineCommand } from "./define-command.ts";
import { longTask, type Work } from "./long-task.ts";
import { reply } from "./reply.ts";

/** Cancels the workflow runs of a pull request, for users whose linked GitHub login may write to the repository. */
export const cancelWorkflows = defineCommand({
  usage: "`gha cancel &lt;pull request URL&gt;`",
  help: "cancels the workflow runs of a pull request that are still going on",
  forMembers: true,
  parse(words) {
    const match = /^gha cancel\b(?: (?<url>.*))?/i.exec(words);
    return match && { url: match.groups?.url ?? "" };
  },
  async run({ event, user, target, app }, { url }) {
    const { organization } = app.config;
    const pull = parsePullRequestUrl(url);
    const author = await findUserBySlackId(database(), user);
    if (!author?.githubUser) return reply(event, target, notLinked);
    if (!pull) return reply(event, target, noPullRequest(url));
    if (pull.owner.toLowerCase() !== organization.toLowerCase())
      return reply(event, target, otherOrganization(organization));
    const task = {
      kind: "cancel-workflows",
      event,
      target,
      opening: cancellingMessage(pull),
      progress: z.array(workflowRun),
      initialProgress: [],
    };
    const login = author.githubUser;
    await longTask(task, (work) => cancelAll(pull, login, work));
  },
});

/** @param login of the person who asked */
async function cancelAll(
  pull: PullRequestReference,
  login: string,
  work: Work<WorkflowRun[]>,
): Promise<SlackMessage> {
  try {
    const permission = await readPermission(pull, login);
    if (permission === "none") return notFound(pull);
    if (!mayCancel(permission)) return notAllowed(pull, login);
    const head = await readHead(pull);
    if (!head) return notFound(pull);
    const cancelled = [...work.progress];
    for (const run of await listUnfinishedRuns(pull, head)) {
      await cancelRun(pull, run);
      // GitHub may still list runs for a while that an earlier attempt cancelled.
      if (!cancelled.some(({ id }) => id === run.id)) cancelled.push(run);
      await work.saveProgress(cancelled);
    }
    return cancelledMessage(pull, cancelled);
  } catch (error) {
    if (error instanceof NotInstalledError) return notInstalled(pull);
    throw error;
  }
}

/** Well below the 4,000 characters that Slack recommends for a message. */
const MAX_NAMES = 2000;
const MAX_TYPED = 200;

const usage = "`gha cancel https://github.com/<owner>/<repository>/pull/<number>`"
  .replaceAll("<", "&lt;")
  .replaceAll(">", "&gt;");

function cancellingMessage(pull: PullRequestReference): SlackMessage {
  return { text: `Cancelling the workflows of ${pullLink(pull)} …` };
}

/** @param runs the runs that were cancelled */
export function cancelledMessage(pull: PullRequestReference, runs: WorkflowRun[]): SlackMessage {
  if (runs.length === 0) return { text: `No workflows to cancel for ${pullLink(pull)}` };
  const workflows = runs.length === 1 ? "1 workflow" : `${runs.length} workflows`;
  return { text: `Cancelled ${workflows} of ${pullLink(pull)}: ${formatNames(runs)}` };
}

function notFound(pull: PullRequestReference): SlackMessage {
  return { text: `Unable to find ${pullLink(pull)}` };
}

function notAllowed(pull: PullRequestReference, login: string): SlackMessage {
  return {
    text: `I cancel workflows of ${pullLink(pull)} only for people who may write to ${pull.owner}/${pull.repo}. Your GitHub login ${login} may not.`,
  };
}

function notInstalled(pull: PullRequestReference): SlackMessage {
  return { text: `Unable to find ${pullLink(pull)}: the GitHub App is not installed in ${pull.owner}` };
}

/** @param typed the text that the user wrote as the address */
export function noPullRequest(typed: string): SlackMessage {
  const where = typed === "" ? "" : ` in “${clippedText(typed, MAX_TYPED)}”`;
  return { text: `Unable to find a pull request${where}. Write its full address: ${usage}` };
}

function otherOrganization(organization: string): SlackMessage {
  return { text: `I cancel workflows only in repositories of ${organization}.` };
}

const notLinked: SlackMessage = {
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

interface PullRequestReference {
  /** Login of the owner. */
  owner: string;
  repo: string;
  number: number;
}

/** People keep the brackets of the usage text, format the address as code, or end the sentence with a full stop. */
const pagePattern =
  /^[<([`*_'"“‹«]*https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+)\/pull\/(\d{1,9})(?:[/?#]\S*|[>)\]`*_'"”›»…,.;:!?]*)(?:\s|$)/i;

/** Reads the address of a pull request's page, or of a page below it. @returns null for other addresses */
export function parsePullRequestUrl(url: string): PullRequestReference | null {
  const [, owner, repo, number] = pagePattern.exec(url) ?? [];
  if (owner === undefined || repo === undefined) return null;
  return { owner, repo, number: Number(number) };
}

/** Statuses before `completed`, in the order in which a run passes through them: a run that advances between two requests is found later. */
const unfinished = ["requested", "pending", "waiting", "queued", "in_progress"] as const;
const PAGE_SIZE = 100;

const workflowRun = z.object({
  id: z.number(),
  /** Name of the workflow. */
  name: z.string(),
});
type WorkflowRun = z.infer<typeof workflowRun>;

/**
 * A person's permission for a repository, in GitHub's legacy words: `maintain` is `write`, `triage` is `read`.
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 *
 * @returns `none` also if GitHub has no such repository or login
 * @throws GitHub's other errors
 */
async function readPermission({ owner, repo }: PullRequestReference, username: string): Promise<string> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    const { data } = await github.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username });
    return data.permission;
  } catch (error) {
    if (hasStatus(error, 404)) return "none";
    throw error;
  }
}

/** Whether GitHub lets somebody with this permission cancel workflow runs. Pure. */
export function mayCancel(permission: string): boolean {
  return permission === "write" || permission === "admin";
}

interface Head {
  branch: string;
  sha: string;
  /** owner/name; null if the fork was deleted. */
  repository: string | null;
}

/** Reads the head of a pull request. @returns null if there is no such pull request @throws GitHub's other errors */
async function readHead({ owner, repo, number }: PullRequestReference): Promise<Head | null> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    const { data } = await github.rest.pulls.get({ owner, repo, pull_number: number });
    const { ref, sha, repo: from } = data.head;
    // GitHub sends null for a deleted fork, contrary to the types.
    return { branch: ref, sha, repository: (from as { full_name: string } | null)?.full_name ?? null };
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/**
 * Lists the workflow runs of a head's branch that are not completed. Runs of a branch with the same name in another fork are left out.
 * One request per status, since GitHub lists only the newest 1,000 runs for a filter:
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 *
 * @throws GitHub's errors
 */
async function listUnfinishedRuns(
  { owner, repo }: Pick<PullRequestReference, "owner" | "repo">,
  head: Head,
): Promise<WorkflowRun[]> {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  const found = new Map<number, WorkflowRun>();
  for (const status of unfinished) {
    const parameters = { owner, repo, branch: head.branch, status, per_page: PAGE_SIZE };
    const runs = await github.paginate(github.rest.actions.listWorkflowRunsForRepo, parameters);
    for (const run of runs) {
      if (run.status === "completed" || !belongsTo(head, run)) continue;
      found.set(run.id, { id: run.id, name: run.name ?? `run ${run.id}` });
    }
  }
  return [...found.values()];
}

interface RunOrigin {
  head_sha: string;
  head_repository: { full_name: string } | null;
}

/** Runs of a deleted fork name no repository: then only the commit identifies them. */
function belongsTo({ repository, sha }: Head, { head_repository, head_sha }: RunOrigin): boolean {
  if (repository === null || !head_repository) return head_sha === sha;
  return head_repository.full_name.toLowerCase() === repository.toLowerCase();
}

/**
 * Cancels a run. A run that has completed in the meantime needs no cancelling.
 *
 * @throws GitHub's other errors
 */
async function cancelRun({ owner, repo }: Pick<PullRequestReference, "owner" | "repo">, { id }: WorkflowRun) {
  const { github } = await repositoryClient(`${owner}/${repo}`);
  try {
    // 409 means that the run has completed; a retry returns the same.
    await github.rest.actions.cancelWorkflowRun({ owner, repo, run_id: id, request: { retries: 0 } });
  } catch (error) {
    if (!hasStatus(error, 409)) throw error;
  }
}
