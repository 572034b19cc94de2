/** What the local GitHub knows. Values: a test or the demo writes down what it needs. */
export interface GitHubState {
  organizations: Organization[];
  repositories: Repository[];
  /** Everybody who has an account. */
  users: GitHubUser[];
}

export interface GitHubUser {
  login: string;
  name: string | null;
  /** Public in the profile; null for those who do not show theirs. */
  email: string | null;
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
  commits: CommitState[];
  pullRequests: PullRequest[];
  /** Paths of the files on the default branch. */
  files?: string[];
  /** How many entries a recursive listing of a tree has before it is cut off; GitHub's 100,000 otherwise. */
  treeLimit?: number;
  /** Of GitHub Actions, newest first. */
  workflowRuns?: WorkflowRun[];
}

export interface CommitState {
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
  /** owner/name of the fork that it comes from, null for one that was deleted since; the repository itself otherwise. */
  headRepository?: string | null;
  baseSha: string;
  /** null while it is open, and when it was closed without merging. */
  merged: { sha: string; at: string } | null;
  /** Closed without merging. */
  closed?: boolean;
}

/** https://docs.github.com/rest/actions/workflow-runs */
export interface WorkflowRun {
  id: number;
  /** The workflow's. */
  name: string;
  headBranch: string;
  headSha: string;
  /** owner/name; a fork's for its pull requests. */
  headRepository: string;
  event: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  /** null until it is completed. */
  conclusion: "success" | "failure" | "cancelled" | "neutral" | "skipped" | "timed_out" | null;
  /** RFC 3339 */
  createdAt: string;
}
