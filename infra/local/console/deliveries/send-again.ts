import type { FunctionFolder } from "../../../manifests/read-functions.ts";
import type { DeliveryRecord } from "../../ledger.ts";
import { type Changed, replayHeader, resend } from "../../resend.ts";
import type { ConsoleSurface } from "../console-routes.ts";

/**
 * Sends a delivery again, as it was or changed.
 *
 * @returns the number of the new delivery, which is written down a moment after it was answered
 */
export async function sendAgain(
  { ledger, changes, url }: Pick<ConsoleSurface, "ledger" | "changes" | "url">,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  changed: Changed,
): Promise<number> {
  const last = ledger.deliveries()[0]?.number ?? 0;
  let end = () => {};
  const arrived = new Promise<number>((resolve) => {
    end = changes.subscribe(() => {
      const repeated = ledger
        .deliveries()
        .find(({ number, headers }) => number > last && headers[replayHeader] === String(delivery.number));
      if (repeated) resolve(repeated.number);
    });
  });
  try {
    await resend(url(), folder, delivery, changed);
    return await arrived;
  } finally {
    end();
  }
}
