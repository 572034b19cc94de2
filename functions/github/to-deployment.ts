import { z } from "zod";
import type { Deployment, DeployStatus } from "../../shared/events/deployment.ts";
import { readDigits } from "../../shared/events/lossless-json.ts";
import { type Deployable, nameGitHubTarget } from "../../shared/organization/deployment-targets.ts";
import { optional, pointInTime } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
const account = optional(z.object({ login: text }));

const deploymentPayload = z.object({
  repository: z.object({ full_name: z.string() }),
  deployment: z.object({
    // An integer above 2^53 arrives as marked text.
    id: z.union([z.int().transform(String), z.string().transform(readDigits).pipe(z.string())]),
    environment: text,
    sha: text,
    ref: text,
    creator: account,
    created_at: pointInTime,
  }),
  deployment_status: optional(
    z.object({
      state: z.string(),
      environment: text,
      log_url: text,
      target_url: text,
      created_at: pointInTime,
    }),
  ),
  workflow_run: optional(z.object({ html_url: text, triggering_actor: account, actor: account })),
});

/** https://docs.github.com/rest/deployments/statuses. `inactive` says that a later deployment replaced this one. */
const statuses: Record<string, DeployStatus> = {
  queued: "queued",
  pending: "queued",
  waiting: "queued",
  in_progress: "started",
  success: "finished",
  failure: "failed",
  error: "failed",
};

/**
 * Reads the deployment of a `deployment` or `deployment_status` event. GitHub names no commit that was live before, and counts deployments
 * by ids that nobody knows them by.
 *
 * @returns null for other events, for a status that changes nothing, and for a payload without the id of a deployment
 */
export function toDeployment(event: string, payload: unknown, services: Deployable[]): Deployment | null {
  if (event !== "deployment" && event !== "deployment_status") return null;
  const parsed = deploymentPayload.safeParse(payload);
  if (!parsed.success) return null;
  const { repository, deployment, deployment_status: reported, workflow_run: run } = parsed.data;
  const status = event === "deployment" ? "queued" : statuses[reported?.state ?? ""];
  // A status may change the environment of its deployment.
  const environment = reported?.environment || deployment.environment;
  if (!status || !environment) return null;
  const at = reported?.created_at ?? null;
  return {
    ...nameGitHubTarget({ repository: repository.full_name, environment }, services),
    id: deployment.id,
    number: null,
    status,
    sha: deployment.sha || null,
    previousSha: null,
    ref: deployment.ref || null,
    // A workflow's deployments are created by GitHub's own app: the person is the one who ran the workflow.
    actor: run?.triggering_actor?.login || run?.actor?.login || deployment.creator?.login || null,
    link: reported?.log_url || reported?.target_url || run?.html_url || null,
    createdAt: deployment.created_at,
    startedAt: status === "started" ? at : null,
    finishedAt: status === "finished" || status === "failed" ? at : null,
  };
}
