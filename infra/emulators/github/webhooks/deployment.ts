import { type Activity, accountPayload, webhookPayload } from "./payload.ts";

export interface DeploymentActivity extends Activity {
  id: number;
  sha: string;
  ref: string;
  environment: string;
  /** RFC 3339 */
  createdAt: string;
  /** Id of the workflow's run, whose actor the sender's workflow acts for. */
  runId: number;
  /** Login of the person who ran the workflow. */
  actor: string;
}

export interface DeploymentStatusActivity extends DeploymentActivity {
  statusId: number;
  /** https://docs.github.com/rest/deployments/statuses */
  state: string;
  /** RFC 3339 */
  at: string;
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#deployment */
export function deploymentPayload(deployment: DeploymentActivity) {
  return webhookPayload(deployment, {
    action: "created",
    deployment: toDeployment(deployment, deployment.createdAt),
    workflow_run: toRun(deployment),
  });
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#deployment_status */
export function deploymentStatusPayload(status: DeploymentStatusActivity) {
  const { repository, statusId, state, at, environment, runId, sender, id } = status;
  const page = `https://github.com/${repository}/actions/runs/${runId}`;
  return webhookPayload(status, {
    action: "created",
    deployment_status: {
      url: `https://api.github.com/repos/${repository}/deployments/${id}/statuses/${statusId}`,
      id: statusId,
      state,
      creator: accountPayload(sender),
      description: "",
      environment,
      target_url: page,
      created_at: at,
      updated_at: at,
    },
    deployment: toDeployment(status, at),
    workflow_run: toRun(status),
  });
}

function toDeployment(
  { repository, id, sha, ref, environment, createdAt, sender }: DeploymentActivity,
  updatedAt: string,
) {
  return {
    url: `https://api.github.com/repos/${repository}/deployments/${id}`,
    id,
    sha,
    ref,
    task: "deploy",
    payload: {},
    original_environment: environment,
    environment,
    description: null,
    creator: accountPayload(sender),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

function toRun({ repository, runId, sha, ref, actor }: DeploymentActivity) {
  return {
    id: runId,
    name: "deploy",
    head_branch: ref,
    head_sha: sha,
    html_url: `https://github.com/${repository}/actions/runs/${runId}`,
    actor: accountPayload(actor),
    triggering_actor: accountPayload(actor),
  };
}
