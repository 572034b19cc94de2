import { z } from "zod";
import { type DeployStatus, deployStatus } from "../../shared/events/deployment.ts";
import type { Service } from "../../shared/organization/organization.ts";

export type Feed = Pick<NonNullable<Service["feed"]>, "channel" | "mode">;

/** Services whose deployments are posted one by one: other feeds are silent, or speak of thresholds only. */
export function listFeeds<S extends { feed?: Feed | undefined }>(services: S[]): (S & { feed: Feed })[] {
  return services.filter(
    (service): service is S & { feed: Feed } =>
      service.feed?.mode === "edit-in-place" || service.feed?.mode === "thread",
  );
}

/** State of the message about an attempt of a deployment, as the database stores it. */
export const feedContext = z.object({
  /** Status that the message shows. */
  status: deployStatus,
  /** Statuses that replies in the thread have told. */
  told: z.array(deployStatus),
});
export type FeedContext = z.infer<typeof feedContext>;

export interface FeedDecision {
  /** post: there is no message yet. */
  message: "post" | "edit" | "keep";
  /** Whether a reply in the thread tells the status. */
  reply: boolean;
  /** State of the message afterwards. */
  context: FeedContext;
}

/**
 * Decides what the feed says about an attempt of a deployment. Each attempt has one message. In a thread, a reply tells each later status,
 * so that the channel's readers see how long each step took.
 *
 * @param shown state of the message; null if there is none
 * @param status the attempt's status as it is stored: a late report of an earlier status changes nothing
 */
export function decideFeed(
  shown: FeedContext | null,
  status: DeployStatus,
  mode: Feed["mode"],
): FeedDecision {
  if (!shown) return { message: "post", reply: false, context: { status, told: [status] } };
  const reply = mode === "thread" && !shown.told.includes(status);
  const told = reply ? [...shown.told, status] : shown.told;
  return { message: shown.status === status ? "keep" : "edit", reply, context: { status, told } };
}
