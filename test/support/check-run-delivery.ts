import { checkRunPayload } from "../../infra/emulators/github/webhooks/check-run.ts";

export interface CheckRun {
  sha: string;
  /** null while the check runs. */
  conclusion: string | null;
  action?: string;
  repository?: string;
  name?: string;
  branch?: string;
  /** RFC 3339 */
  startedAt?: string;
  completedAt?: string;
  /** Jobs with their conclusions; the output has no table if there are none. */
  jobs?: Record<string, string>;
  id?: number;
}

/** Payload of a check_run delivery, by default of the required check on the deployed branch. */
export function checkRunDelivery({
  sha,
  conclusion,
  action = "completed",
  repository = "getsentry/getsentry",
  name = "getsentry required checks",
  branch = "master",
  startedAt = "2026-11-02T12:00:00Z",
  completedAt = "2026-11-02T12:10:00Z",
  jobs = {},
  id = 1_234_567,
}: CheckRun): Record<string, unknown> {
  return checkRunPayload({
    repository,
    sender: "getsentry-bot",
    action,
    id,
    name,
    sha,
    branch,
    status: conclusion === null ? "in_progress" : "completed",
    conclusion,
    startedAt,
    completedAt: conclusion === null ? null : completedAt,
    jobs,
  });
}
