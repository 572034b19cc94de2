import { z } from "zod";

const time = z.iso.datetime({ precision: 3 }).nullable();
const text = z.string().nullable();

export const deployStatus = z.enum(["queued", "started", "finished", "failed", "canceled"]);
export type DeployStatus = z.infer<typeof deployStatus>;

/**
 * What an event says about a deployment, whatever tool reports it. Fields that the event does not give are null.
 *
 * A deployment that is queued or started again after it ended keeps its id, and is another attempt: subscribers tell attempts apart by
 * the times of their events.
 */
export const deployment = z
  .object({
    app: z.string().min(1).describe("The deployed app in the sender's words, or the service that names it"),
    environment: z.string().min(1),
    id: z.string().min(1).max(255).describe("Sender's id; unique with source, app and environment"),
    number: z.int().nullable().describe("Number by which people know it; null if the sender does not count"),
    status: deployStatus,
    sha: text.describe("Deployed commit"),
    previousSha: text.describe("Commit that was live before, if the sender names it"),
    ref: text.describe("Branch or tag"),
    actor: text.describe("Who deploys: login, e-mail address or name, as the sender gives it"),
    link: text.describe("Sender's page of the deployment"),
    createdAt: time,
    startedAt: time,
    finishedAt: time.describe("When it finished, failed or was canceled"),
  })
  .describe("The deployment that the event is about");

export type Deployment = z.infer<typeof deployment>;

/** Whether a deployment with this status is over. */
export function isFinal(status: DeployStatus): boolean {
  return status !== "queued" && status !== "started";
}
