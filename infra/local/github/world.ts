/** What the local GitHub knows. Values: a test or the demo writes down what it needs. */
export interface GitHubWorld {
  organizations: Organization[];
  repositories: Repository[];
}

export interface Organization {
  login: string;
  members: string[];
}

export interface Repository {
  /** owner/name */
  fullName: string;
  private: boolean;
  /** The default branch, oldest first. */
  commits: WorldCommit[];
  pullRequests: PullRequest[];
}

export interface WorldCommit {
  sha: string;
  message: string;
  author: { login: string | null; name: string; email: string };
  /** RFC 3339 */
  date: string;
}

export interface PullRequest {
  number: number;
  title: string;
  author: string;
  headSha: string;
  headBranch: string;
  baseSha: string;
  /** null while it is open. */
  merged: { sha: string; at: string } | null;
}
