import { createHash } from "node:crypto";
import { checkRunPayload } from "../../infra/emulators/github/webhooks/check-run.ts";
import { issueCommentPayload, issuePayload } from "../../infra/emulators/github/webhooks/issues.ts";
import { webhookPayload } from "../../infra/emulators/github/webhooks/payload.ts";
import {
  pullRequestPayload,
  pullRequestReviewPayload,
} from "../../infra/emulators/github/webhooks/pull-request.ts";
import { pushPayload } from "../../infra/emulators/github/webhooks/push.ts";

/** A webhook of GitHub. */
export interface Webhook {
  event: string;
  payload: Record<string, unknown>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const people = ["mira-okafor", "jonas-lindqvist", "outsider", "renovate[bot]"];
const sha = (text: string) => createHash("sha1").update(text).digest("hex");

/**
 * The webhooks of a month in a repository, in order: pull requests with commits, requested and submitted reviews, comments and checks, of
 * which some are merged, closed or open; issues with comments; the checks, workflow runs and deployments of the default branch.
 *
 * @param start of the month
 */
export function repositoryMonth(repository: string, start: Date, pullRequests: number): Webhook[] {
  const webhooks: Webhook[] = [];
  const step = (27 * DAY_MS) / pullRequests;
  for (let number = 1; number <= pullRequests; number++) {
    const opened = start.getTime() + Math.floor((number * step) / 1000) * 1000;
    webhooks.push(...pullRequestWebhooks(repository, number, (minutes) => timeAfter(opened, minutes)));
    if (number % 5 === 0)
      webhooks.push(...issueWebhooks(repository, 10_000 + number, (minutes) => timeAfter(opened, minutes)));
  }
  return webhooks;
}

function timeAfter(start: number, minutes: number): string {
  return new Date(start + minutes * MINUTE_MS).toISOString().replace(".000Z", "Z");
}

function pullRequestWebhooks(repository: string, number: number, at: (minutes: number) => string): Webhook[] {
  const author = people[number % people.length] ?? "";
  const reviewer = people[(number + 1) % 2] ?? "";
  const branch = `change-${number}`;
  const commits = ["a", "b"].map((letter, index) => ({
    sha: sha(`${repository} ${number} ${letter}`),
    treeSha: sha(letter),
    message: `Change ${letter}`,
    authoredAt: at(-60 + index),
  }));
  const headSha = commits[1]?.sha ?? "";
  const pull = {
    ...{ repository, id: number, number, title: `Change ${number}`, author, branch, headSha },
    ...{ baseSha: sha("base"), testMergeSha: sha(`test ${number}`), openedAt: at(0) },
    size: { additions: number, deletions: number % 50, changedFiles: 1 + (number % 9), commits: 2 },
  };
  const isDraft = number % 6 === 1;
  const issue = {
    repository,
    id: number,
    number,
    title: pull.title,
    author,
    openedAt: at(0),
    isPullRequest: true,
  };
  const run = (id: number, conclusion: string, minutes: number) =>
    checkRunWebhook(
      { repository, id, sha: headSha, branch, conclusion, at: at(minutes), number },
      at(minutes - 10),
    );
  const webhooks: Webhook[] = [
    { event: "push", payload: pushPayload({ repository, branch, author, commits, at: at(-1) }) },
    {
      event: "pull_request",
      payload: pullRequestPayload(
        { ...pull, draft: isDraft },
        { action: "opened", at: at(0), sender: author },
      ),
    },
    run(number * 10, number % 7 === 0 ? "failure" : "success", 15),
  ];
  const change = (action: Parameters<typeof pullRequestPayload>[1]): Webhook => ({
    event: "pull_request",
    payload: pullRequestPayload(pull, action),
  });
  if (isDraft) webhooks.push(change({ action: "ready_for_review", at: at(18), sender: author }));
  if (number % 2 === 0) {
    webhooks.push(change({ action: "review_requested", at: at(20), sender: author, reviewer }));
    const review = { id: number, at: at(90), sender: reviewer };
    webhooks.push({ event: "pull_request_review", payload: pullRequestReviewPayload(pull, review) });
  }
  if (number % 3 === 0) {
    const comment = { id: number, body: "Why?", at: at(100), sender: reviewer };
    webhooks.push({ event: "issue_comment", payload: issueCommentPayload(issue, comment) });
  }
  if (number % 17 === 0)
    webhooks.push(
      change({ action: "closed", at: at(105), sender: author, mergeSha: null }),
      change({ action: "reopened", at: at(110), sender: author }),
    );
  if (number % 10 === 0) return webhooks;
  const mergeSha = number % 11 === 0 ? null : sha(`merge ${number}`);
  webhooks.push(change({ action: "closed", at: at(120), sender: reviewer, mergeSha }));
  return mergeSha === null
    ? webhooks
    : [...webhooks, ...mergeWebhooks(repository, number, { mergeSha, author: reviewer, at })];
}

function mergeWebhooks(
  repository: string,
  number: number,
  { mergeSha, author, at }: { mergeSha: string; author: string; at: (minutes: number) => string },
): Webhook[] {
  const commit = {
    sha: mergeSha,
    treeSha: sha("t"),
    message: `Change ${number} (#${number})`,
    authoredAt: at(119),
  };
  const push = pushPayload({ repository, branch: "master", author, commits: [commit], at: at(120) });
  const conclusion = number % 13 === 0 ? "failure" : "success";
  const webhooks: Webhook[] = [
    { event: "push", payload: push },
    checkRunWebhook(
      { repository, id: number * 10 + 1, sha: mergeSha, branch: "master", conclusion, at: at(135) },
      at(125),
    ),
  ];
  if (number % 4 !== 0) return webhooks;
  const own = (event: string, action: string, body: Record<string, unknown>): Webhook => ({
    event,
    payload: webhookPayload({ repository, sender: author }, { action, ...body }),
  });
  const workflowRun = {
    ...{
      id: number,
      run_attempt: 1,
      name: "deploy",
      head_sha: mergeSha,
      head_branch: "master",
      event: "push",
    },
    ...{
      status: "completed",
      conclusion,
      created_at: at(121),
      updated_at: at(135),
      actor: { login: author, type: "User" },
    },
  };
  const job = {
    ...{ id: number, run_id: number, run_attempt: 1, name: "build", status: "completed", conclusion },
    ...{ created_at: at(121), started_at: at(125), completed_at: at(135) },
    check_run_url: `https://api.github.com/repos/${repository}/check-runs/${number * 10 + 1}`,
  };
  const deployment = {
    ...{ id: number, sha: mergeSha, ref: "master", environment: "production", task: "deploy" },
    ...{ created_at: at(140), updated_at: at(140), creator: { login: author, type: "User" } },
  };
  const status = {
    ...{ id: number, state: "success", environment: "production", created_at: at(145), updated_at: at(145) },
    creator: { login: author, type: "User" },
  };
  return [
    ...webhooks,
    own("workflow_run", "completed", { workflow_run: workflowRun }),
    own("workflow_job", "completed", { workflow_job: job }),
    own("deployment", "created", { deployment }),
    own("deployment_status", "created", { deployment, deployment_status: status }),
  ];
}

function checkRunWebhook(
  run: {
    repository: string;
    id: number;
    sha: string;
    branch: string;
    conclusion: string;
    at: string;
    /** Of the pull request. */
    number?: number;
  },
  startedAt: string,
): Webhook {
  const { repository, id, branch, conclusion, at } = run;
  return {
    event: "check_run",
    payload: checkRunPayload({
      ...{
        repository,
        sender: "github-actions[bot]",
        action: "completed",
        id,
        name: "tests",
        sha: run.sha,
        branch,
      },
      ...{ status: "completed", conclusion, startedAt, completedAt: at },
      ...(run.number !== undefined && { pullRequest: { number: run.number, baseSha: sha("base") } }),
    }),
  };
}

function issueWebhooks(repository: string, number: number, at: (minutes: number) => string): Webhook[] {
  const issue = {
    repository,
    id: number,
    number,
    title: `It broke ${number}`,
    author: "outsider",
    openedAt: at(1),
  };
  const webhooks: Webhook[] = [
    { event: "issues", payload: issuePayload(issue, { action: "opened", at: at(1), sender: "outsider" }) },
    {
      event: "issue_comment",
      payload: issueCommentPayload(issue, { id: number, body: "Thanks", at: at(31), sender: "mira-okafor" }),
    },
  ];
  const change = (action: "closed" | "reopened", minutes: number): Webhook => ({
    event: "issues",
    payload: issuePayload(issue, { action, at: at(minutes), sender: "mira-okafor" }),
  });
  if (number % 2 === 0) webhooks.push(change("closed", 301));
  if (number % 4 === 0) webhooks.push(change("reopened", 310));
  return webhooks;
}
