export interface PullRequestReference {
  /** Login of the repository's owner. */
  owner: string;
  repo: string;
  number: number;
}

const page = /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+)\/pull\/(\d{1,9})(?:[/?#]\S*)?(?:\s|$)/i;

/** The pull request whose page, or one of whose pages, an address is of. @returns null for anything else */
export function pullRequestIn(url: string): PullRequestReference | null {
  const [, owner, repo, number] = page.exec(url) ?? [];
  if (owner === undefined || repo === undefined) return null;
  return { owner, repo, number: Number(number) };
}
