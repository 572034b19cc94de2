import type { BigQuery } from "@google-cloud/bigquery";
import type { Config } from "../../shared/config.ts";
import type { GitHubEvent } from "../../shared/events/event.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { fillDeploymentChanges, listShipments } from "./deployment-changes.ts";
import type { GitHubReader } from "./github-reader.ts";
import {
  checkRunEvent,
  commentEvent,
  deploymentEvents,
  issueEvents,
  type Json,
  pullRequestEvents,
  pushEvent,
  type RepositoryContext,
  workflowEvents,
} from "./historic-events.ts";
import { readRuns, toSeconds } from "./read-runs.ts";
import { type HeldEvents, loadEvents, readHeldEvents } from "./warehouse.ts";

/**
 * Events per load, which a crash loses. GitHub's hourly limit of 5,000 requests gives about as many events, and BigQuery allows 1,500 loads per
 * table and day: https://cloud.google.com/bigquery/quotas#load_jobs
 */
const BATCH = 1000;

export interface BackfillOptions {
  /** owner/name */
  repository: string;
  /** Nothing that happened earlier is read. */
  since: Date;
  now: Date;
  config: Config;
  reader: GitHubReader;
  bigquery: BigQuery;
  checkpoint: Checkpoint;
  /** Reads the lists and writes nothing. */
  dryRun: boolean;
  /** Ends it before the next part. What was read is written. */
  signal?: AbortSignal;
  /** Called once the lists are read, and after each part. */
  onProgress?: (done: number, total: number) => void;
}

export interface BackfillSummary {
  pullRequests: number;
  issues: number;
  comments: number;
  /** Of the default branch. */
  commits: number;
  workflowRuns: number;
  deployments: number;
  /** Parts that were not read by an earlier backfill. */
  parts: number;
  /** Requests to GitHub that the parts need, at least. */
  requests: number;
  /** Events that the warehouse did not hold. */
  events: number;
  /** That deployments shipped, and that the warehouse did not hold. */
  shippedCommits: number;
  rows: number;
  /** False if the signal ended it. */
  complete: boolean;
}

/** Objects that are read together: a pull request, a commit, a workflow run, a deployment. */
interface Part {
  name: string;
  /** Needed to read it, if no list has more than a page. */
  requests: number;
  read(): Promise<GitHubEvent[]>;
}

/**
 * Reads a repository's history from GitHub and writes it to the warehouse. What is held already, by webhooks or an earlier backfill, is not
 * written again. It may end anywhere: a further one continues behind the last load. An error or the signal loads first what was read.
 *
 * @throws errors of GitHub, BigQuery and the file system
 */
export async function backfill(options: BackfillOptions): Promise<BackfillSummary> {
  const { repository, since, now, reader, bigquery, config, checkpoint, dryRun, signal } = options;
  const context = {
    repository: await reader.get(`/repos/${repository}`),
    receivedAt: now,
    services: config.services,
  };
  const lists = await readLists(options, context);
  const parts = listParts(options, context, lists).filter(({ name }) => !checkpoint.has(name));
  const requests = parts.reduce((sum, part) => sum + part.requests, 0);
  const summary: BackfillSummary = {
    ...countLists(lists),
    parts: parts.length,
    requests,
    events: 0,
    shippedCommits: 0,
    rows: 0,
    complete: true,
  };
  // The last one looks for what deployments shipped.
  const total = parts.length + 1;
  options.onProgress?.(0, total);
  if (dryRun) return summary;
  const dataset = config.bigquery.metricsDataset;
  const held = await readHeldEvents(bigquery, { dataset, repository, since: since.toISOString() });
  let waiting: GitHubEvent[] = [];
  let read: string[] = [];
  const flush = async () => {
    if (waiting.length > 0) summary.rows += await loadEvents(bigquery, waiting, config);
    summary.events += waiting.length;
    checkpoint.add(read);
    waiting = [];
    read = [];
  };
  try {
    for (const [index, part] of parts.entries()) {
      signal?.throwIfAborted();
      waiting.push(...selectNew(await part.read(), held, since));
      read.push(part.name);
      if (waiting.length >= BATCH) await flush();
      options.onProgress?.(index + 1, total);
    }
  } catch (error) {
    // Requests are what is scarce.
    await flush();
    if (!signal?.aborted) throw error;
    return { ...summary, complete: false };
  }
  await flush();
  const shipments = await listShipments(options);
  let done = total;
  options.onProgress?.(done, total + shipments.length);
  const { rows, complete } = await fillDeploymentChanges(shipments, {
    ...options,
    onDone: () => options.onProgress?.(++done, total + shipments.length),
  });
  return { ...summary, shippedCommits: rows, rows: summary.rows + rows, complete };
}

function selectNew(events: GitHubEvent[], held: HeldEvents, since: Date): GitHubEvent[] {
  return events.filter((event) => {
    if (Date.parse(event.time) < since.getTime() || held.has(event)) return false;
    held.add(event);
    return true;
  });
}

type Lists = Awaited<ReturnType<typeof readLists>>;

async function readLists(
  { repository, since, now, reader }: BackfillOptions,
  { repository: about }: RepositoryContext,
) {
  const path = `/repos/${repository}`;
  const from = toSeconds(since);
  const isOlder = (field: string) => (item: Json) => String(item[field]) < from;
  const branch = String(about.default_branch);
  const query = `since=${encodeURIComponent(from)}`;
  return {
    branch,
    pulls: await reader.list(`${path}/pulls?state=all&sort=updated&direction=desc`, {
      isEnough: isOlder("updated_at"),
    }),
    issues: await reader.list(`${path}/issues?state=all&sort=updated&direction=desc&${query}`),
    comments: await reader.list(`${path}/issues/comments?sort=updated&direction=desc&${query}`),
    commits: await reader.list(`${path}/commits?sha=${encodeURIComponent(branch)}&${query}`),
    runs: await reader.ifPermitted(`${path}/actions/runs`, () =>
      readRuns(reader, `${path}/actions/runs`, since, now),
    ),
    deployments: await reader.ifPermitted(`${path}/deployments`, () =>
      reader.list(`${path}/deployments`, { isEnough: isOlder("created_at") }),
    ),
  };
}

function countLists({ pulls, issues, comments, commits, runs, deployments }: Lists) {
  return {
    pullRequests: pulls.length,
    issues: issues.filter(({ pull_request }) => !pull_request).length,
    comments: comments.length,
    commits: commits.length,
    workflowRuns: runs.length,
    deployments: deployments.length,
  };
}

/** A part's name has the state of its object: what changed since an earlier backfill is read again. */
function listParts(
  { repository, reader }: BackfillOptions,
  context: RepositoryContext,
  lists: Lists,
): Part[] {
  const path = `/repos/${repository}`;
  const commentsOf = groupBy(lists.comments, ({ issue_url }) => Number(String(issue_url).split("/").at(-1)));
  const readCheckRuns = async (sha: unknown, branch: string | null) => {
    const runs = await reader.ifPermitted(`${path}/commits/check-runs`, () =>
      reader.list(`${path}/commits/${sha}/check-runs?filter=all`, { key: "check_runs" }),
    );
    return runs
      .filter(({ status }) => status === "completed")
      .map((run) => checkRunEvent(context, run, branch));
  };
  return [
    ...lists.pulls.map((pull) => ({
      name: `pull ${pull.number} ${pull.updated_at}`,
      requests: 5,
      async read() {
        const { number, head } = pull as { number: number; head: { sha: string; ref: string } };
        // The list has neither sizes nor who merged.
        const events = pullRequestEvents(context, await reader.get(`${path}/pulls/${number}`), {
          issueEvents: await reader.list(`${path}/issues/${number}/events`),
          reviews: await reader.list(`${path}/pulls/${number}/reviews`),
          commits: await reader.list(`${path}/pulls/${number}/commits`),
        });
        return [...events, ...(await readCheckRuns(head.sha, head.ref))];
      },
    })),
    ...lists.issues.map((issue) => ({
      name: `issue ${issue.number} ${issue.updated_at}`,
      requests: issue.pull_request ? 0 : 1,
      async read() {
        const number = issue.number as number;
        const changes = issue.pull_request ? [] : await reader.list(`${path}/issues/${number}/events`);
        const comments = (commentsOf.get(number) ?? []).map((comment) =>
          commentEvent(context, issue, comment, changes),
        );
        return issue.pull_request ? comments : [...issueEvents(context, issue, changes), ...comments];
      },
    })),
    ...lists.commits.map((commit) => ({
      name: `commit ${commit.sha}`,
      requests: 1,
      read: async () => [
        pushEvent(context, lists.branch, [commit]),
        ...(await readCheckRuns(commit.sha, lists.branch)),
      ],
    })),
    ...lists.runs.map((run) => ({
      name: `run ${run.id} ${run.run_attempt}`,
      requests: 1,
      async read() {
        const jobs = await reader.list(`${path}/actions/runs/${run.id}/jobs?filter=all`, { key: "jobs" });
        return workflowEvents(context, run, jobs);
      },
    })),
    ...lists.deployments.map((deployment) => ({
      name: `deployment ${deployment.id} ${deployment.updated_at}`,
      requests: 1,
      read: async () =>
        deploymentEvents(
          context,
          deployment,
          await reader.list(`${path}/deployments/${deployment.id}/statuses`),
        ),
    })),
  ];
}

function groupBy(items: Json[], keyOf: (item: Json) => unknown): Map<unknown, Json[]> {
  const groups = new Map<unknown, Json[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
