import { z } from "zod";
import type { Event, GitHubEvent } from "../events/event.ts";
import { toRfc3339 } from "../events/to-rfc3339.ts";

/** https://docs.github.com/webhooks/webhook-events-and-payloads#status */
const statusPayload = z.object({
  id: z.number(),
  sha: z.string(),
  context: z.string(),
  state: z.enum(["success", "failure", "error", "pending"]),
  target_url: z.string().nullish(),
  branches: z.array(z.object({ name: z.string() })).default([]),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

/**
 * Reads a commit status as a run of a check: rules require both by their names, and older tools report statuses.
 *
 * @returns null for any other event, and for a status that is pending
 */
export function readCommitStatus(
  event: Event,
): { run: NonNullable<GitHubEvent["checkRun"]>; branches: string[] } | null {
  if (event.source !== "github" || event.event !== "status") return null;
  const { data: status } = statusPayload.safeParse(event.payload);
  if (!status || status.state === "pending") return null;
  const branches = status.branches.map(({ name }) => name);
  const run = {
    id: status.id,
    name: status.context,
    status: "completed",
    conclusion: status.state === "success" ? "success" : "failure",
    headSha: status.sha,
    headBranch: branches[0] ?? null,
    url: status.target_url || null,
    startedAt: toRfc3339(status.created_at),
    completedAt: toRfc3339(status.updated_at),
    pullRequests: [],
  };
  return { run, branches };
}
