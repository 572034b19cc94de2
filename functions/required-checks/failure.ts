import type { RememberedMessage } from "../../shared/database/slack-messages.ts";
import type { CommitDetails } from "../../shared/github/commit-details.ts";

/** The type under which these messages are remembered; their ref is the commit's sha. */
export const REQUIRED_CHECK = "required-check";

/** What became of a commit whose required check failed. */
export type FailureStatus =
  | "failing"
  /** The same commit passed when the check was run again. */
  | "flake"
  /** A later commit passed; this was the first one to fail. */
  | "fixed"
  /** A later commit passed; whether this one was at fault cannot be told. */
  | "unknown";

/** What a message about a failing commit is drawn from. */
export interface Failure {
  status: FailureStatus;
  repository: string;
  branch: string;
  sha: string;
  url: string | null;
  startedAt: string;
  completedAt: string;
  /** null when GitHub does not know it. */
  commit: CommitDetails | null;
  /** Of a commit that failed while the branch was red already: where it is told of, and which commit was the first. */
  after: { threadTs: string; sha: string } | null;
}

export type RememberedFailure = RememberedMessage<Failure>;
