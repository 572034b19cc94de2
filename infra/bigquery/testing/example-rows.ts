import { createHash } from "node:crypto";
import { normalize as normalizeBootstrap } from "../../../functions/bootstrap-dev-env/normalize.ts";
import { changeRows } from "../../../functions/deployment-changes/change-rows.ts";
import { normalize as normalizeFreight } from "../../../functions/freight/normalize.ts";
import { buildCommunityRows, buildOwnRows } from "../../../functions/metrics/build-rows.ts";
import type { UserType } from "../../../functions/metrics/community-row.ts";
import { normalize as normalizeReport } from "../../../functions/report/normalize.ts";
import { normalize as normalizeWebpack } from "../../../functions/webpack/normalize.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../../shared/config.ts";
import type { Event } from "../../../shared/events/event.ts";
import { toFreightDeployment } from "../../../shared/events/read-deployment.ts";

/** Builds the rows of example deliveries with the functions' code. Times are RFC 3339; an id defaults to a hash of the delivery. */

export interface Delivered {
  /** The delivery's id: repeated deliveries have the same id. */
  id?: string;
  /** Time of acceptance. */
  received?: string;
}

const config = readConfig({});

export function toRows(event: Event, userType: UserType | null = null): TableRow[] {
  return [...buildOwnRows(event, config), ...buildCommunityRows(event, config, userType)];
}

export function hashId(sent: unknown): string {
  return createHash("sha256").update(JSON.stringify(sent)).digest("hex").slice(0, 32);
}

export interface ExampleDeploy extends Delivered {
  number: number;
  status: "queued" | "started" | "finished" | "failed" | "canceled";
  app?: string;
  environment?: string;
  sha?: string | null;
  ref?: string | null;
  user?: string | null;
  queued?: string | null;
  started?: string | null;
  ended?: string | null;
}

/** A finished or failed deploy, from its last notification. */
export function endedDeploy(
  number: number,
  sha: string | null,
  end: string,
  status: ExampleDeploy["status"] = "finished",
): ExampleDeploy {
  return { number, sha, status, queued: `${end.slice(0, 11)}00:00:00Z`, started: end, ended: end };
}

/** Rows of a notification from Freight. */
export function deployRows(deploy: ExampleDeploy): TableRow[] {
  return toRows(freightEvent(deploy));
}

function freightEvent({ id, received, ...deploy }: ExampleDeploy) {
  const { queued = null, started = null, ended = null } = deploy;
  return normalizeFreight({
    id: id ?? hashId(deploy),
    receivedAt: new Date(received ?? ended ?? started ?? queued ?? 0),
    payload: {
      app_name: deploy.app ?? "getsentry",
      environment: deploy.environment ?? "production",
      deploy_number: deploy.number,
      status: deploy.status,
      title: "",
      date_created: queued,
      date_started: started,
      date_finished: ended,
      sha: deploy.sha ?? null,
      ref: deploy.ref ?? null,
      previous_sha: "previous",
      user: deploy.user === undefined ? "mira@sentry.io" : deploy.user,
    },
  });
}

/**
 * Rows of `deployment_changes` for a finished deploy.
 * @param shipped merge commits by number of the pull request
 * @param direct when each commit without a pull request was authored, by its sha
 */
export function shipmentRows(
  deploy: ExampleDeploy,
  shipped: Record<number, string>,
  direct: Record<string, string> = {},
): TableRow[] {
  const event = freightEvent(deploy);
  const repository = "getsentry/sentry";
  const commit = (sha: string, authoredAt: string | null) => ({
    commit: { sha, message: "Change", authorNames: [], authoredAt },
    relevant: { repository, sha },
  });
  const commits = [
    ...Object.entries(shipped).map(([number, sha]) => ({
      ...commit(sha, null),
      pull: { repository, number: Number(number), mergeCommitSha: sha, author: null },
    })),
    ...Object.entries(direct).map(([sha, authoredAt]) => ({ ...commit(sha, authoredAt), pull: null })),
  ];
  return changeRows(event, toFreightDeployment(event), commits, config.bigquery.metricsDataset);
}

/** Rows of CI's report after a webpack build, with sizes by file. */
export function assetRows(
  example: Delivered & {
    commit: string;
    pullRequest?: number;
    sizes: Record<string, number>;
    entrypoint?: string;
    environment?: string | null;
  },
): TableRow[] {
  const { id, received = "2025-01-01T00:00:00Z", commit, pullRequest, entrypoint = "app" } = example;
  const body = Object.entries(example.sizes).map(([file, size]) => ({
    file,
    size,
    commit,
    entrypointName: entrypoint,
    pull_request_number: pullRequest ?? "false",
    environment: example.environment === undefined ? "ci" : example.environment,
    node_env: "production",
  }));
  return toRows(
    normalizeWebpack({ id: id ?? hashId([body, received]), body, receivedAt: new Date(received) }),
  );
}

/** Rows of a report of the bootstrap script. */
export function bootstrapRows(
  example: Delivered & { step: "start" | "end"; name: string; received: string },
): TableRow[] {
  const { id, step, name, received } = example;
  const payload = { event: `bootstrap_${step}`, name };
  return toRows(
    normalizeBootstrap({ id: id ?? hashId([payload, received]), payload, receivedAt: new Date(received) }),
  );
}

/** Rows of a job's report. */
export function reportRows(
  payload: { type: string; timestamp?: string; data: unknown },
  { id, received = "2025-03-10T10:00:00Z" }: Delivered = {},
): TableRow[] {
  const event = { id: id ?? hashId([payload, received]), payload, receivedAt: new Date(received) };
  return toRows(normalizeReport(event));
}

/** Row that Pub/Sub's BigQuery subscription writes for a message in the dead-letter topic. */
export function deadLetterRows(example: {
  message: string;
  published: string;
  attributes: Record<string, string>;
}): TableRow[] {
  const { message, published, attributes } = example;
  const row = {
    subscription_name: "projects/local/subscriptions/dead-letter-bigquery",
    message_id: message,
    publish_time: published,
    data: "{}",
    attributes: JSON.stringify(attributes),
  };
  return [{ dataset: config.bigquery.metricsDataset, table: "dead_letters", insertId: message, row }];
}
