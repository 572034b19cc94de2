import { type Activity, webhookPayload } from "./payload.ts";

export interface CheckRunActivity extends Activity {
  /** E.g. created, completed, rerequested. */
  action: string;
  id: number;
  name: string;
  sha: string;
  branch: string;
  status: string;
  /** null until the run is completed. */
  conclusion: string | null;
  /** RFC 3339 */
  startedAt: string;
  /** RFC 3339; null until the run is completed. */
  completedAt: string | null;
  /** Id of its check suite, in which a repeated run stays; by default the run has one of its own. */
  suiteId?: number;
  /** The organization's open pull request whose head is the commit. */
  pullRequest?: { number: number; baseSha: string } | undefined;
  /** Jobs of a required check with their conclusions: the output's text lists them as a table. */
  jobs?: Record<string, string> | undefined;
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#check_run */
export function checkRunPayload(run: CheckRunActivity) {
  const { repository, id, name, sha, branch, suiteId = id + 1, jobs = {} } = run;
  const page = `https://github.com/${repository}/runs/${id}`;
  return webhookPayload(run, {
    action: run.action,
    check_run: {
      id,
      name,
      head_sha: sha,
      html_url: page,
      url: `https://api.github.com/repos/${repository}/check-runs/${id}`,
      status: run.status,
      conclusion: run.conclusion,
      started_at: run.startedAt,
      completed_at: run.completedAt,
      output: { title: name, summary: "", text: jobTable(jobs, page), annotations_count: 0 },
      check_suite: { id: suiteId, head_branch: branch, head_sha: sha },
      app: { id: 15_368, slug: "github-actions", name: "GitHub Actions" },
      pull_requests: run.pullRequest ? [pullRequestReference(run, run.pullRequest)] : [],
    },
  });
}

function pullRequestReference(
  { repository, sha, branch }: CheckRunActivity,
  { number, baseSha }: { number: number; baseSha: string },
) {
  const repo = { id: 1, url: `https://api.github.com/repos/${repository}`, name: repository.split("/")[1] };
  return { number, head: { sha, ref: branch, repo }, base: { sha: baseSha, ref: "master", repo } };
}

/** The Markdown table of a required check: a header, a separator, and one row for each job. */
function jobTable(jobs: Record<string, string>, page: string): string | null {
  const rows = Object.entries(jobs).map(([job, conclusion]) => `| [${job}](${page}) | ${conclusion} |`);
  return rows.length === 0 ? null : ["| Job | Conclusion |", "| --- | --- |", ...rows].join("\n");
}
