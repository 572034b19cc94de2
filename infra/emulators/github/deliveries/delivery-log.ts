import { createHmac, randomUUID } from "node:crypto";

/** GitHub keeps deliveries for three days: https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const RETENTION_MS = 3 * 24 * 60 * 60_000;
/** https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries: GitHub terminates the connection after 10 s. */
const TIMEOUT_MS = 10_000;

/** One attempt to deliver an event to the App's webhook URL. */
export interface HookDelivery {
  id: number;
  /** X-GitHub-Delivery: all attempts at an event share it. */
  guid: string;
  /** RFC 3339 */
  deliveredAt: string;
  redelivery: boolean;
  /** Seconds. */
  duration: number;
  /** Of the response; 0 if there was none. */
  statusCode: number;
  event: string;
  payload: Record<string, unknown>;
}

/** The App's webhook: where deliveries go, and what signs them. */
export interface Webhook {
  url: string;
  secret(): string;
}

type NewDelivery = Pick<HookDelivery, "event" | "payload" | "statusCode"> & Partial<HookDelivery>;

/** Adds a delivery to a log without delivering it. */
export function addDelivery(log: HookDelivery[], delivery: NewDelivery): HookDelivery {
  const added = {
    // Ids grow, and after a restart none is used again.
    id: Math.max((log.at(-1)?.id ?? 0) + 1, Date.now() * 1000),
    guid: randomUUID(),
    deliveredAt: new Date().toISOString(),
    redelivery: false,
    duration: 0.1,
    ...delivery,
  };
  log.push(added);
  return added;
}

/** The deliveries that GitHub still has, newest first. */
export function listDeliveries(log: HookDelivery[], now = Date.now()): HookDelivery[] {
  return log
    .filter(({ deliveredAt }) => Date.parse(deliveredAt) > now - RETENTION_MS)
    .sort((a, b) => b.id - a.id);
}

/** Sends an event again, with the guid of the first attempt, and adds the attempt to the log. */
export async function redeliver(
  log: HookDelivery[],
  { guid, event, payload }: HookDelivery,
  webhook: Webhook,
) {
  const started = Date.now();
  const statusCode = await post(webhook, { guid, event, payload });
  const duration = (Date.now() - started) / 1000;
  addDelivery(log, { guid, event, payload, statusCode, duration, redelivery: true });
}

/** @returns the status of the response, 0 without one */
async function post(
  { url, secret }: Webhook,
  { guid, event, payload }: Pick<HookDelivery, "guid" | "event" | "payload">,
): Promise<number> {
  const body = JSON.stringify(payload);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/local",
        "x-github-event": event,
        "x-github-delivery": guid,
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret()).update(body).digest("hex")}`,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
