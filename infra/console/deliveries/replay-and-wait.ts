import type { DeliveryRecord } from "../../local/gateway/delivery-log.ts";
import { type ReplayOverrides, replayDelivery, replayHeader } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import type { ConsoleContext } from "../context.ts";

/**
 * Sends a delivery again, as it was or changed.
 *
 * @returns the number of the new delivery, which is written down a moment after it was answered
 */
export async function replayAndWait(
  { deliveryLog, changes, url }: Pick<ConsoleContext, "deliveryLog" | "changes" | "url">,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  changed: ReplayOverrides,
): Promise<number> {
  const last = deliveryLog.deliveries()[0]?.number ?? 0;
  let end = () => {};
  const arrived = new Promise<number>((resolve) => {
    end = changes.subscribe(() => {
      const repeated = deliveryLog
        .deliveries()
        .find(({ number, headers }) => number > last && headers[replayHeader] === String(delivery.number));
      if (repeated) resolve(repeated.number);
    });
  });
  try {
    await replayDelivery(url(), folder, delivery, changed);
    return await arrived;
  } finally {
    end();
  }
}
