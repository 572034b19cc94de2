import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import { type ReplayOverrides, replayDelivery, replayHeader } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import type { ConsoleContext } from "../context.ts";
import { sendAndWait } from "./send-and-wait.ts";

/**
 * Replays a delivery and waits until the gateway has recorded the new one.
 *
 * @returns the number of the new delivery, undefined when it is not recorded in time
 */
export function replayAndWait(
  context: Pick<ConsoleContext, "deliveryLog" | "changes" | "url">,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  overrides: ReplayOverrides,
  timeoutMs?: number,
): Promise<number | undefined> {
  const body = context.deliveryLog.readBody(delivery);
  return sendAndWait(
    context,
    ({ headers }) => headers[replayHeader] === String(delivery.number),
    () => replayDelivery(context.url(), folder, { ...delivery, body }, overrides),
    timeoutMs,
  );
}
