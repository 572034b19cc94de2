export interface CheckRun {
  sha: string;
  /** null while it runs. */
  conclusion: string | null;
  action?: string;
  repository?: string;
  name?: string;
  branch?: string;
  /** RFC 3339 */
  startedAt?: string;
  completedAt?: string;
  /** Jobs with their conclusions, as the required check lists them; without any there is no table. */
  jobs?: Record<string, string>;
  id?: number;
}

/** GitHub's delivery of a check run, by default of the required check on the deployed branch. */
export function checkRunDelivery({
  sha,
  conclusion,
  action = "completed",
  repository = "getsentry/getsentry",
  name = "getsentry required checks",
  branch = "master",
  startedAt = "2026-11-02T12:00:00Z",
  completedAt = "2026-11-02T12:10:00Z",
  jobs = {},
  id = 1_234_567,
}: CheckRun): Record<string, unknown> {
  const [owner = "", repo = ""] = repository.split("/");
  const page = `https://github.com/${repository}/runs/${id}`;
  const rows = Object.entries(jobs).map(([job, said]) => `| [${job}](${page}) | ${said} |`);
  return {
    action,
    check_run: {
      id,
      name,
      head_sha: sha,
      html_url: page,
      status: conclusion === null ? "in_progress" : "completed",
      conclusion,
      started_at: startedAt,
      completed_at: conclusion === null ? null : completedAt,
      output: {
        title: name,
        summary: "",
        text: rows.length === 0 ? null : ["| Job | Conclusion |", "| --- | --- |", ...rows].join("\n"),
      },
      check_suite: { id: id + 1, head_branch: branch, head_sha: sha },
      app: { id: 15_368, slug: "github-actions" },
      pull_requests: [],
    },
    repository: {
      id: 77,
      name: repo,
      full_name: repository,
      private: true,
      owner: { id: 1_396_951, login: owner, type: "Organization" },
    },
    organization: { id: 1_396_951, login: owner },
    sender: { id: 42, login: "getsentry-bot", type: "User" },
    installation: { id: 1 },
  };
}
