import type { PushRecord } from "../../local/gateway/log-entries.ts";

/**
 * Each accepted delivery publishes one message: the first message is the first delivery's.
 *
 * @param deliveries numbers of all deliveries of the event, oldest first
 * @returns the number of the delivery by message id
 */
export function numberMessages(pushes: PushRecord[], deliveries: number[]): Map<string, number> {
  const ids = new Set(pushes.toSorted((a, b) => a.at.localeCompare(b.at)).map(({ messageId }) => messageId));
  return new Map(
    [...ids].flatMap((id, index) => {
      const number = deliveries[index];
      return number === undefined ? [] : [[id, number] as const];
    }),
  );
}
