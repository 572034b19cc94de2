/** Header of every delivery of the demo. The console reads it to label the numbers as invented; source functions ignore it. */
export const demoHeader = "x-demo";

/** A webhook request of the demo, before it is signed. */
export interface DemoDelivery {
  source: string;
  /**
   * A function builds the body at the time of sending if it depends on earlier messages, or must be fresh: Slack's trigger ids expire after
   * three seconds. It returns null if there is nothing to send, e.g. because the button no longer exists.
   */
  body: Buffer | (() => Promise<Buffer | null>);
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** GitHub's X-GitHub-Delivery. It depends on the date only, so a demo that is sent twice counts once. */
  id?: string;
  /** When the sender signed the request, by default when it is sent: Sentry's webhooks have no other time of their own. */
  now?: Date;
  /** Signs the request instead of the source's secret, so that the source refuses it with 401. */
  secret?: string;
  /** Description for the progress bar. */
  label: string;
}

/** A delivery of the history. */
export interface PastDelivery {
  /** Minutes since the midnight of the demo's day: negative. */
  at: number;
  delivery: DemoDelivery;
}

/** Deliveries that may arrive in any order, after all events of the previous scene have been handled. */
export type Scene = DemoDelivery[];

export function toJsonBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
