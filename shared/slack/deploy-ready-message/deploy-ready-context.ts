import { z } from "zod";
import type { Config } from "../../config.ts";
import type { Deploy } from "../../database/deploys.ts";
import { deployStatus } from "../../events/freight-event.ts";
import { commitDetails } from "../../github/commit-details.ts";

/**
 * The type under which these messages are stored; their ref is the deployed repository's sha.
 * Also the lock for posting and redrawing them: of two concurrent changes, each must read what the other one wrote.
 */
export const DEPLOY_READY = "please-deploy";

/** A deploy that contains the commit. */
const commitDeploy = z.object({
  number: z.number(),
  status: deployStatus,
  /** Freight's page of the deploy. */
  link: z.string().nullable(),
  /** Freight's own sentence. */
  title: z.string(),
  /** Seconds. */
  duration: z.number().nullable(),
  deployer: z
    .object({
      name: z.string(),
      /** null for a deployer who is not a member in Slack. */
      slackUser: z.string().nullable(),
    })
    .nullable(),
});
export type CommitDeploy = z.infer<typeof commitDeploy>;

/** State of a message about a commit that is ready to deploy, as the database stores it. */
export const deployReadyContext = z.object({
  /** The deployed repository's commit that passed the required check. */
  sha: z.string(),
  /** The commit that the message shows: the upstream commit if `sha` only bumps the upstream repository. */
  commit: commitDetails,
  /** Slack id of the author. */
  recipient: z.string(),
  muted: z.boolean(),
  /** null until Freight reports a deploy of the commit. */
  deploy: commitDeploy.nullable(),
  /** Whether a reply in the thread has told the author that the commit is deployed. */
  announced: z.boolean().optional(),
});
export type DeployReadyContext = z.infer<typeof deployReadyContext>;

export type DeployReadyConfig = Pick<Config, "freightUrl" | "deploy">;

export function toCommitDeploy(
  { externalId, status, link, title, duration }: Deploy,
  deployer: CommitDeploy["deployer"],
): CommitDeploy {
  return { number: externalId, status, link, title, duration, deployer };
}
