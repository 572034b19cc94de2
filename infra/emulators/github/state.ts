import type { HookDelivery } from "./deliveries/delivery-log.ts";
import type { RepositoryHistory } from "./history/repository-history.ts";

/** The state of the emulator. Tests and the demo may change it. */
export interface GitHubState {
  organizations: Organization[];
  repositories: Repository[];
  users: GitHubUser[];
  /** Delivery log of the App's webhook, oldest first. */
  hookDeliveries?: HookDelivery[];
  /** Webhooks of organizations and repositories: `orgs/<organization>/hooks/<id>` or `repos/<owner>/<name>/hooks/<id>`. */
  hooks?: { path: string; deliveries: HookDelivery[] }[];
  /** Recorded histories by full name in lower case: lists of these repositories come from their history. */
  histories?: Map<string, RepositoryHistory>;
}

export interface GitHubUser {
  login: string;
  name: string | null;
  /** Public e-mail address of the profile; null if hidden. */
  email: string | null;
}

export interface Organization {
  login: string;
  members: string[];
  /** Slugs of the teams. */
  teams?: string[];
}

export interface Repository {
  /** owner/name */
  fullName: string;
  private: boolean;
  /**
   * Permissions by login. Others have the default: members of the owner may write, other users may read a public repository.
   */
  permissions?: Record<string, Permission>;
  /** `master` unless given. The emulator has no other branches. */
  defaultBranch?: string;
  /** Names of the checks that protect the default branch. */
  requiredChecks?: {
    /** Of the branch protection; undefined if the branch is not protected. */
    protection?: string[];
    /** Of active rulesets, one list each. */
    rulesets?: string[][];
  };
  /** Runs of checks, oldest first. */
  checkRuns?: CheckRunState[];
  /** Statuses of commits, oldest first. */
  statuses?: CommitStatus[];
  /** Commits of the default branch, oldest first. */
  commits: CommitState[];
  pullRequests: PullRequest[];
  /** Paths of the files on the default branch. */
  files?: string[];
  /** Largest number of entries in a recursive tree; by default GitHub's 100,000. */
  treeLimit?: number;
  /** Runs of GitHub Actions, newest first. */
  workflowRuns?: WorkflowRun[];
}

/** https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user */
export type Permission = "admin" | "write" | "read" | "none";

export interface CommitState {
  sha: string;
  message: string;
  author: { login: string | null; name: string; email: string };
  /** RFC 3339 */
  date: string;
  /** Begins a history that has no commit in common with the commits before it, as after `git checkout --orphan`. */
  orphan?: boolean;
}

export interface PullRequest {
  number: number;
  title: string;
  author: string;
  headSha: string;
  headBranch: string;
  /** owner/name of the fork with the branch; null if the fork was deleted; by default the repository itself. */
  headRepository?: string | null;
  baseSha: string;
  /** null if it is open, or closed without merging. */
  merged: { sha: string; at: string } | null;
  /** Closed without merging. */
  closed?: boolean;
}

/** https://docs.github.com/rest/actions/workflow-runs */
export interface WorkflowRun {
  id: number;
  /** Name of the workflow. */
  name: string;
  headBranch: string;
  headSha: string;
  /** owner/name; the fork if its branch was pushed there. */
  headRepository: string;
  event: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  /** null until it is completed. */
  conclusion: "success" | "failure" | "cancelled" | "neutral" | "skipped" | "timed_out" | null;
  /** RFC 3339 */
  createdAt: string;
}

/** https://docs.github.com/rest/checks/runs */
export interface CheckRunState {
  id: number;
  name: string;
  headSha: string;
  status: "queued" | "in_progress" | "completed";
  /** null until it is completed. */
  conclusion: string | null;
  /** RFC 3339 */
  startedAt: string;
  completedAt: string | null;
  annotations?: Annotation[];
}

/** https://docs.github.com/rest/commits/statuses */
export interface CommitStatus {
  context: string;
  sha: string;
  state: "success" | "failure" | "error" | "pending";
}

/** A remark about a line, by a check or by a workflow's `::error file=…,line=…::`. */
export interface Annotation {
  path: string;
  startLine: number;
  level: "notice" | "warning" | "failure";
  title: string | null;
  message: string;
}
