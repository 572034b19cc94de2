import type { WebpackEvent } from "../../shared/events/event.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import { reportedAssets, toAssets } from "../../shared/webhook/reported-assets.ts";

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
  const reported = parseBody(reportedAssets, sent);
  const assets = toAssets(reported);
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
