import { z } from "zod";
import type { WebpackEvent } from "../../shared/events/event.ts";
import { numeric, optional, parseBody, pointInTime } from "../../shared/webhook/parse-body.ts";

/** Looker expects this number for builds without a pull request. */
const NO_PULL_REQUEST = -1;

const asset = z.object({
  pull_request_number: z.unknown().transform(parsePullRequestNumber),
  commit: z.string().min(1),
  file: z.string().min(1),
  entrypointName: optional(z.string()).transform((name) => name ?? ""),
  size: numeric.pipe(z.int().min(0)),
  environment: optional(z.string()),
  node_env: optional(z.string()),
  // Time of the build, for reports that are sent later, such as an import of older builds.
  created_at: pointInTime,
});

const body = z.union([asset.transform((one) => [one]), z.array(asset).min(1)], {
  error:
    "must be an asset {pull_request_number, commit, file, entrypointName, size, environment, node_env} or an array of them",
});

/**
 * Normalizes CI's report after a webpack build: one asset or an array of assets.
 *
 * @throws {HttpError} 400 if the commit, file or size of an asset is missing or has a wrong type
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
    subject: assets[0]?.commit ?? "webpack",
    time: reported[0]?.created_at ?? now,
    receivedAt: now,
    actor: null,
    assets,
    // A payload is an object, so an array becomes its field `assets`.
    payload: Array.isArray(sent) ? { assets: sent } : (sent as Record<string, unknown>),
  };
}

/** CI sends its environment's value: a number, the number as text, or text such as "false" for a branch. */
function parsePullRequestNumber(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : NO_PULL_REQUEST;
}
