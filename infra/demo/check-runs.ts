import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

export interface DemoCheck {
  /** owner/name */
  repository: string;
  sha: string;
  branch: string;
  /** The organization's pull request that has the commit as head. */
  pullRequest?: { number: number; baseSha: string };
  name: string;
  conclusion: string;
  /** Minutes since midnight; without it, it starts at once. */
  queued?: number;
  /** Minutes since midnight. */
  start: number;
  /** Minutes. */
  takes: number;
  /** Which attempt at the same commit, from 1. */
  attempt?: number;
  /** Jobs of a required check, with their conclusions. */
  jobs?: Record<string, string>;
}

/** GitHub's deliveries of a check run: created when it is queued or starts, completed with its conclusion. */
export function checkDeliveries(clock: DayClock, check: DemoCheck): DemoDelivery[] {
  const key = `${check.repository} ${check.sha} ${check.name} ${check.attempt ?? 1}`;
  const created = {
    status: check.queued === undefined ? "in_progress" : "queued",
    conclusion: null,
    started_at: clock.at(check.queued ?? check.start),
    completed_at: null,
  };
  const completed = {
    status: "completed",
    conclusion: check.conclusion,
    started_at: clock.at(check.start),
    completed_at: clock.at(check.start + check.takes),
  };
  return [
    delivery(clock, check, key, "created", created),
    delivery(clock, check, key, "completed", completed),
  ];
}

function delivery(
  clock: DayClock,
  check: DemoCheck,
  key: string,
  action: string,
  state: Record<string, unknown>,
): DemoDelivery {
  const { repository, sha, name } = check;
  const id = 3_000_000_000 + clock.number(key, 900_000_000);
  const page = `https://github.com/${repository}/runs/${id}`;
  return githubDelivery(clock, {
    event: "check_run",
    key: `${key} ${action}`,
    label: `${name} ${state.conclusion ?? state.status} on ${sha.slice(0, 7)}`,
    repository,
    sender: "getsentry-bot",
    body: {
      action,
      check_run: {
        id,
        name,
        head_sha: sha,
        html_url: page,
        url: `https://api.github.com/repos/${repository}/check-runs/${id}`,
        ...state,
        output: {
          title: name,
          summary: "",
          text: check.jobs ? jobTable(check.jobs, page) : null,
          annotations_count: 0,
        },
        check_suite: { id: id + 1, head_branch: check.branch, head_sha: sha },
        app: { id: 15368, slug: "github-actions", name: "GitHub Actions" },
        pull_requests: check.pullRequest ? [pullRequest(repository, check)] : [],
      },
    },
  });
}

function pullRequest(repository: string, { sha, branch, pullRequest: pull }: DemoCheck) {
  const repo = { id: 1, url: `https://api.github.com/repos/${repository}`, name: repository.split("/")[1] };
  return {
    number: pull?.number,
    head: { sha, ref: branch, repo },
    base: { sha: pull?.baseSha, ref: "master", repo },
  };
}

/** The table that the required check writes: a header, a ruler, a row per job. */
function jobTable(jobs: Record<string, string>, page: string): string {
  const rows = Object.entries(jobs).map(([job, conclusion]) => `| [${job}](${page}) | ${conclusion} |`);
  return ["| Job | Conclusion |", "| --- | --- |", ...rows].join("\n");
}
