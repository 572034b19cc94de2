import { describe, expect, it } from "vitest";
import { webhookExamples } from "../../../../functions/github/webhook-examples.ts";
import { checkRunPayload } from "./check-run.ts";
import { deploymentPayload, deploymentStatusPayload } from "./deployment.ts";
import { issueCommentPayload, issuePayload } from "./issues.ts";
import { pullRequestPayload, pullRequestReviewPayload } from "./pull-request.ts";
import { pushPayload } from "./push.ts";
import { workflowJobPayload } from "./workflow-job.ts";

const repository = "getsentry/sentry";
const at = "2026-11-02T12:00:00Z";
const check = {
  repository,
  sender: "getsentry-bot",
  action: "completed",
  id: 7,
  name: "required checks",
  sha: "a".repeat(40),
  branch: "master",
  status: "completed",
  conclusion: "failure",
  startedAt: at,
  completedAt: at,
};
const issue = { repository, id: 8, number: 12, title: "It fails", author: "octocat", openedAt: at };
const pull = {
  ...issue,
  branch: "fix/it",
  headSha: "b".repeat(40),
  baseSha: "c".repeat(40),
  testMergeSha: "d".repeat(40),
};
const deployment = {
  repository,
  sender: "github-actions[bot]",
  id: 11,
  sha: "a".repeat(40),
  ref: "master",
  environment: "production",
  createdAt: at,
  runId: 13,
  actor: "mira-okafor",
};
const job = {
  ...{ repository, sender: "getsentry-bot", id: 14, runId: 15, attempt: 1, name: "tests", workflow: "CI" },
  ...{ sha: "a".repeat(40), branch: "fix/it", labels: ["ubuntu-24.04"], conclusion: "success" },
  ...{ createdAt: at, startedAt: at, completedAt: at },
};
const action = { at, sender: "mira-okafor" };
const commit = { sha: "e".repeat(40), treeSha: "f".repeat(40), message: "fix: It", authoredAt: at };

/** The paths of all properties, without array indices: `check_run.output.title`. */
function propertyPaths(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => propertyPaths(item, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = path === "" ? name : `${path}.${name}`;
    return [own, ...propertyPaths(inner, own)];
  });
}

it.each<[string, unknown]>([
  [
    "check_run",
    checkRunPayload({ ...check, pullRequest: { number: 12, baseSha: "c" }, jobs: { a: "failure" } }),
  ],
  ["pull_request", pullRequestPayload(pull, { ...action, action: "opened" })],
  ["pull_request", pullRequestPayload(pull, { ...action, action: "review_requested", reviewer: "octocat" })],
  ["pull_request", pullRequestPayload(pull, { ...action, action: "closed", mergeSha: null })],
  ["pull_request_review", pullRequestReviewPayload(pull, { ...action, id: 9 })],
  ["deployment", deploymentPayload(deployment)],
  ["deployment_status", deploymentStatusPayload({ ...deployment, statusId: 12, state: "success", at })],
  ["workflow_job", workflowJobPayload(job)],
  ["push", pushPayload({ repository, branch: "fix/it", author: "octocat", commits: [commit], at })],
  ["issues", issuePayload(issue, { ...action, action: "closed" })],
  ["issue_comment", issueCommentPayload(issue, { ...action, id: 10, body: "Thank you" })],
])("every property of a %s payload is in GitHub's examples", (event, payload) => {
  // The pull request of a review also has the fields that GitHub sends only in pull_request events.
  const examples = webhookExamples.filter((example) => event.startsWith(example.event));
  const documented = new Set(examples.flatMap((example) => propertyPaths(example.payload)));
  expect(propertyPaths(payload).filter((path) => !documented.has(path))).toEqual([]);
});

describe("a check_run payload", () => {
  it("lists the jobs of a required check as a Markdown table", () => {
    const { check_run } = checkRunPayload({ ...check, jobs: { backend: "failure" } }) as unknown as {
      check_run: { output: { text: string } };
    };
    expect(check_run.output.text).toBe(
      "| Job | Conclusion |\n| --- | --- |\n| [backend](https://github.com/getsentry/sentry/runs/7) | failure |",
    );
  });

  it("has no table without jobs", () => {
    expect(checkRunPayload(check)).toMatchObject({ check_run: { output: { text: null } } });
  });
});

it("a closed pull request is merged only with a merge commit", () => {
  const close = (mergeSha: string | null) =>
    pullRequestPayload(pull, { ...action, action: "closed", mergeSha });
  expect(close("1".repeat(40))).toMatchObject({ pull_request: { merged: true, merged_at: at } });
  expect(close(null)).toMatchObject({ pull_request: { merged: false, merged_at: null, merged_by: null } });
});
