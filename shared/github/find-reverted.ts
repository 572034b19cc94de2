export interface Reverted {
  /** Number in the same repository; null if unknown. */
  pullRequest: number | null;
  /** Sha, at least seven digits; null if unknown. */
  commit: string | null;
}

/**
 * Finds what a pull request reverts. GitHub's Revert button writes the title `Revert "…"` and the body `Reverts owner/name#7`
 * (https://docs.github.com/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/reverting-a-pull-request),
 * `git revert` the body `This reverts commit <sha>` (https://git-scm.com/docs/git-revert).
 *
 * @returns null for other pull requests, and for one that reverts a revert, which brings a change back
 */
export function findReverted(title: string, body: string): Reverted | null {
  const reverts = /^(?:Revert ")+/.exec(title.trim())?.[0].match(/Revert/g)?.length ?? 0;
  if (reverts > 0 && reverts % 2 === 0) return null;
  const commit = /\bThis reverts commit ([0-9a-f]{7,64})\b/i.exec(body)?.[1]?.toLowerCase() ?? null;
  const number = /^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/im.exec(body)?.[1];
  if (reverts === 0 && commit === null && number === undefined) return null;
  return { pullRequest: number === undefined ? null : Number(number), commit };
}
