import type { Config } from "../../config.ts";
import type { DeployStatus } from "../../events/freight-event.ts";
import type { CommitDetails } from "../../github/commit-details.ts";

/**
 * The type under which these messages are remembered; their ref is the deployed repository's sha.
 * Also the lock behind which they are posted and drawn again: each of several who change one has to have what the others wrote.
 */
export const DEPLOY_READY = "please-deploy";

/** A deploy that contains the commit, as its message tells of it. */
export interface CommitDeploy {
  number: number;
  status: DeployStatus;
  /** Freight's page of it. */
  link: string | null;
  /** Freight's own sentence. */
  title: string;
  /** Seconds. */
  duration: number | null;
  deployer: {
    name: string;
    /** null when it is nobody whom Slack knows. */
    slackUser: string | null;
  } | null;
}

/** What a message about a commit that is ready to deploy is drawn from. */
export interface DeployReadyContext {
  /** The deployed repository's commit that passed. */
  sha: string;
  /** The commit that it stands for: the author is told about this one. */
  commit: CommitDetails;
  /** Slack's id of the author. */
  recipient: string;
  muted: boolean;
  /** null until Freight says something about it. */
  deploy: CommitDeploy | null;
  /** Whether the author was told in its thread that it is deployed. */
  announced?: boolean;
}

export type DeployReadyConfig = Pick<Config, "freightUrl" | "deploy">;
