/** Whether GitHub refused a request because it does not know a commit: 404, or 422 for what is no sha. */
export function isUnknownCommit(error: unknown): boolean {
  const { status } = error as { status?: number };
  return status === 404 || status === 422;
}
