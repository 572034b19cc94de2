export interface PullRequestReference {
  /** Login of the owner. */
  owner: string;
  repo: string;
  number: number;
}

const page = /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+)\/pull\/(\d{1,9})(?:[/?#]\S*)?(?:\s|$)/i;

/** Reads the address of a pull request's page, or of a page below it. @returns null for other addresses */
export function parsePullRequestUrl(url: string): PullRequestReference | null {
  const [, owner, repo, number] = page.exec(url) ?? [];
  if (owner === undefined || repo === undefined) return null;
  return { owner, repo, number: Number(number) };
}
