import { z } from "zod";
import type { RememberedMessage } from "../../shared/database/slack-messages.ts";
import { commitDetails } from "../../shared/github/commits.ts";

/** The type under which these messages are stored; their ref is the commit's sha. */
export const REQUIRED_CHECK = "required-check";

const failureStatus = z.enum([
  "failing",
  /** The same commit passed in a re-run. */
  "flake",
  /** A later commit passed; this commit was the first one to fail. */
  "fixed",
  /** A later commit passed; this commit may have failed only because of an earlier one. */
  "unknown",
]);
export type FailureStatus = z.infer<typeof failureStatus>;

/** State of a message about a commit whose required check failed, as the database stores it. */
export const failure = z.object({
  status: failureStatus,
  /** owner/name */
  repository: z.string(),
  branch: z.string(),
  sha: z.string(),
  url: z.string().nullable(),
  /** RFC 3339 */
  startedAt: z.string(),
  completedAt: z.string(),
  /** null if GitHub did not return it. */
  commit: commitDetails.nullable(),
  /** The first failing commit and its thread, which holds this message; null for a message in the channel. */
  after: z.object({ threadTs: z.string(), sha: z.string() }).nullable(),
});
export type Failure = z.infer<typeof failure>;

export type RememberedFailure = RememberedMessage<Failure>;
