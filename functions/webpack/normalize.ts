import { z } from "zod";
import type { WebpackEvent } from "../../shared/events/webpack-event.ts";
import { numeric } from "../../shared/webhook/numeric.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import { pointInTime } from "../../shared/webhook/point-in-time.ts";

/** What Looker reads for builds that are not of a pull request. */
const NO_PULL_REQUEST = -1;

const asset = z.object({
  pull_request_number: z.unknown().transform(parsePullRequestNumber),
  commit: z.string().min(1),
  file: z.string().min(1),
  entrypointName: z.string().default(""),
  size: numeric.pipe(z.int().min(0)),
  environment: z.string().nullish(),
  node_env: z.string().nullish(),
  // When the build was made: for reports that are sent later, as an import of older builds is.
  created_at: pointInTime.nullish(),
});

const body = z.union([asset.transform((one) => [one]), z.array(asset).min(1)], {
  error:
    "must be an asset {pull_request_number, commit, file, entrypointName, size, environment, node_env} or an array of them",
});

/**
 * Normalizes what CI reports after a webpack build: one asset or an array of them.
 *
 * @throws {HttpError} 400
 */
export function normalize({
  id,
  body: sent,
  receivedAt,
}: {
  id: string;
  body: unknown;
  receivedAt: Date;
}): WebpackEvent {
  const reported = parseBody(body, sent);
  const assets = reported.map((one) => ({
    pullRequestNumber: one.pull_request_number,
    commit: one.commit,
    file: one.file,
    entrypointName: one.entrypointName,
    size: one.size,
    environment: one.environment ?? null,
    nodeEnv: one.node_env ?? null,
  }));
  const now = receivedAt.toISOString();
  return {
    id,
    source: "webpack",
    type: "webpack.asset_sizes",
    subject: (assets[0]?.commit ?? "webpack").slice(0, 255),
    time: reported[0]?.created_at ?? now,
    receivedAt: now,
    actor: null,
    assets,
    // Events carry objects; an array is kept under the name of what it lists.
    payload: Array.isArray(sent) ? { assets: sent } : (sent as Record<string, unknown>),
  };
}

/** CI sends what its environment has: a number, the number as text, or "false" and the like on a branch. */
function parsePullRequestNumber(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : NO_PULL_REQUEST;
}
