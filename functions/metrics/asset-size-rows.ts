import type { WebpackEvent } from "../../shared/events/webpack-event.ts";

/** A row in `asset_sizes` per asset. */
export function toAssetSizeRows(event: WebpackEvent): Record<string, unknown>[] {
  return event.assets.map((asset) => ({
    pull_request_number: asset.pullRequestNumber,
    commit: asset.commit,
    file: asset.file,
    entrypointName: asset.entrypointName,
    size: asset.size,
    environment: asset.environment,
    node_env: asset.nodeEnv,
    created_at: event.time,
  }));
}
