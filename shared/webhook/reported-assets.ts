import { z } from "zod";
import type { ReportedAsset } from "../events/event.ts";
import { numeric, optional, pointInTime } from "./parse-body.ts";

/** Looker expects this number for builds without a pull request. */
const NO_PULL_REQUEST = -1;

/** An asset as CI reports it; only commit, file and size are required. */
export const reportedAsset = z.object({
  pull_request_number: z.unknown().optional().transform(parsePullRequestNumber),
  commit: z.string().min(1),
  file: z.string().min(1),
  entrypointName: optional(z.string()).transform((name) => name ?? ""),
  size: numeric.pipe(z.int().min(0)),
  environment: optional(z.string()),
  node_env: optional(z.string()),
  // Time of the build, for reports that are sent later, such as an import of older builds.
  created_at: pointInTime,
});

/** One asset, or an array of at least one. */
export const reportedAssets = z.union(
  [reportedAsset.transform((one) => [one]), z.array(reportedAsset).min(1)],
  {
    error:
      "must be an asset {pull_request_number, commit, file, entrypointName, size, environment, node_env} or an array of them",
  },
);

/** Turns reported assets into the events' form. */
export function toAssets(reported: z.output<typeof reportedAssets>): ReportedAsset[] {
  return reported.map((one) => ({
    pullRequestNumber: one.pull_request_number,
    commit: one.commit,
    file: one.file,
    entrypointName: one.entrypointName,
    size: one.size,
    environment: one.environment ?? null,
    nodeEnv: one.node_env ?? null,
  }));
}

/** CI sends its environment's value: a number, the number as text, or text such as "false" for a branch. */
function parsePullRequestNumber(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : NO_PULL_REQUEST;
}
