import { setTimeout as sleep } from "node:timers/promises";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import type { ConsoleContext } from "../context.ts";

/** The gateway records a delivery milliseconds after its response, and never if the connection broke. */
const TIMEOUT_MS = 10_000;

/**
 * Sends a request to a source and waits until the gateway has recorded its delivery.
 *
 * @param isSent whether a delivery is the one that was sent
 * @returns the number of the delivery, undefined when it is not recorded in time
 */
export async function sendAndWait(
  { deliveryLog, changes }: Pick<ConsoleContext, "deliveryLog" | "changes">,
  isSent: (delivery: DeliveryRecord) => boolean,
  send: () => Promise<unknown>,
  timeoutMs = TIMEOUT_MS,
): Promise<number | undefined> {
  const last = deliveryLog.newest()?.number ?? 0;
  let unsubscribe = () => {};
  const recorded = new Promise<number>((resolve) => {
    unsubscribe = changes.subscribe(() => {
      for (let number = last + 1; number <= (deliveryLog.newest()?.number ?? 0); number++) {
        const delivery = deliveryLog.delivery(number);
        if (delivery && isSent(delivery)) resolve(number);
      }
    });
  });
  try {
    await send();
    return await Promise.race([recorded, sleep(timeoutMs, undefined, { ref: false })]);
  } finally {
    unsubscribe();
  }
}
