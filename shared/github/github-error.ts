import { RequestError } from "@octokit/request-error";

/** Whether GitHub responded to a request with one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof RequestError && statuses.includes(error.status);
}

/** Whether a request failed because GitHub does not have the commit: 404, or 422 for text that is not a sha. */
export function isUnknownCommit(error: unknown): boolean {
  return hasStatus(error, 404, 422);
}
