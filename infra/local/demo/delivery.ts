/** A webhook request of the demo's day, yet to be signed. */
export interface DemoDelivery {
  source: string;
  /** Made when it is sent, where it must be fresh: Slack's trigger ids expire after three seconds. */
  body: Buffer | (() => Promise<Buffer>);
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** GitHub's X-GitHub-Delivery: the same for the same day, so that the demo run twice is one day and not two. */
  id?: string;
  /** For progress: what is being sent, in words. */
  label: string;
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
