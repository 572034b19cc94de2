import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

/** Bytes, by file name. */
export type Sizes = Record<string, number>;

export interface DemoBuild {
  commit: string;
  /** null for a build of master. */
  pullRequest: number | null;
  /** Minutes since midnight. */
  at: number;
  sizes: Sizes;
}

/** CI's report of a webpack build. The name of a file begins with the name of its entry point. */
export function assetDelivery(clock: DayClock, { commit, pullRequest, at, sizes }: DemoBuild): DemoDelivery {
  const assets = Object.entries(sizes).map(([file, size]) => ({
    entrypointName: file.split(".")[0],
    file,
    size,
    pull_request_number: pullRequest ?? "false",
    commit,
    environment: "ci",
    node_env: "production",
    created_at: clock.at(at),
  }));
  return { source: "webpack", label: `asset sizes of ${commit.slice(0, 7)}`, body: toJsonBody(assets) };
}
