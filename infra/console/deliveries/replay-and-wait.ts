import { setTimeout as sleep } from "node:timers/promises";
import type { DeliveryRecord } from "../../local/gateway/delivery-log.ts";
import { type ReplayOverrides, replayDelivery, replayHeader } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import type { ConsoleContext } from "../context.ts";

/** The gateway records a delivery milliseconds after its response, and never if the connection broke. */
const TIMEOUT_MS = 10_000;

/**
 * Replays a delivery and waits until the gateway has recorded the new one.
 *
 * @returns the number of the new delivery, undefined when it is not recorded in time
 */
export async function replayAndWait(
  { deliveryLog, changes, url }: Pick<ConsoleContext, "deliveryLog" | "changes" | "url">,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  overrides: ReplayOverrides,
  timeoutMs = TIMEOUT_MS,
): Promise<number | undefined> {
  const last = deliveryLog.deliveries()[0]?.number ?? 0;
  let unsubscribe = () => {};
  const recorded = new Promise<number>((resolve) => {
    unsubscribe = changes.subscribe(() => {
      const replayed = deliveryLog
        .deliveries()
        .find(({ number, headers }) => number > last && headers[replayHeader] === String(delivery.number));
      if (replayed) resolve(replayed.number);
    });
  });
  try {
    await replayDelivery(url(), folder, delivery, overrides);
    return await Promise.race([recorded, sleep(timeoutMs, undefined, { ref: false })]);
  } finally {
    unsubscribe();
  }
}
