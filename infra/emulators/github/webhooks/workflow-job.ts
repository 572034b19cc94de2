import { type Activity, webhookPayload } from "./payload.ts";

export interface WorkflowJobActivity extends Activity {
  /** Also the id of the job's check run. */
  id: number;
  runId: number;
  /** From 1. */
  attempt: number;
  name: string;
  workflow: string;
  sha: string;
  branch: string;
  labels: string[];
  conclusion: string;
  /** When it began to wait for a runner. RFC 3339, as the next two. */
  createdAt: string;
  startedAt: string;
  completedAt: string;
}

/** A completed job, https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_job */
export function workflowJobPayload(job: WorkflowJobActivity) {
  const { repository, id, runId, attempt, name, workflow, sha, branch, labels, conclusion } = job;
  return webhookPayload(job, {
    action: "completed",
    workflow_job: {
      id,
      run_id: runId,
      run_attempt: attempt,
      run_url: `https://api.github.com/repos/${repository}/actions/runs/${runId}`,
      workflow_name: workflow,
      name,
      head_sha: sha,
      head_branch: branch,
      html_url: `https://github.com/${repository}/actions/runs/${runId}/job/${id}`,
      status: "completed",
      conclusion,
      created_at: job.createdAt,
      started_at: job.startedAt,
      completed_at: job.completedAt,
      check_run_url: `https://api.github.com/repos/${repository}/check-runs/${id}`,
      labels,
      runner_id: 5,
      runner_name: "GitHub Actions 5",
      runner_group_id: 2,
      runner_group_name: "GitHub Actions",
    },
  });
}
