/** A webhook request of the demo's day, yet to be signed. */
export interface DemoDelivery {
  source: string;
  /**
   * Made when it is sent, where it depends on what was said by then, or must be fresh: Slack's trigger ids expire after three seconds.
   * null when there is nothing to send: a button that is not there any more.
   */
  body: Buffer | (() => Promise<Buffer | null>);
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** GitHub's X-GitHub-Delivery: the same for the same day, so that the demo run twice is one day and not two. */
  id?: string;
  /** For progress: what is being sent, in words. */
  label: string;
}

/** Deliveries that may come in any order, once everything of the scene before has been handled. */
export type Scene = DemoDelivery[];

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
