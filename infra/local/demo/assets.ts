import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, json } from "./delivery.ts";

const files = [
  { entrypointName: "app", file: "app.js", size: 2_154_000 },
  { entrypointName: "app", file: "app.css", size: 211_000 },
  { entrypointName: "pipeline", file: "pipeline.js", size: 310_000 },
];

/** What CI reports after the webpack build of a pull request's head, or of master when there is no pull request. */
export function assetDelivery(clock: DayClock, commit: string, pullRequest: number | null): DemoDelivery {
  const assets = files.map((asset) => ({
    ...asset,
    size: asset.size + clock.number(`${commit} ${asset.file}`, 20_000),
    pull_request_number: pullRequest ?? "false",
    commit,
    environment: "ci",
    node_env: "production",
  }));
  return { source: "webpack", label: `asset sizes of ${commit.slice(0, 7)}`, body: json(assets) };
}
