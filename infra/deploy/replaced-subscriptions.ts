import { run } from "./run.ts";

/** Every event of the last hour is either delivered or a dead letter: ten attempts take about forty minutes. */
const BACKLOG_MS = 60 * 60 * 1000;

/**
 * Lists the subscriptions that replaced another one: a subscription with a changed filter has a new name.
 *
 * @param before names by `<function>-<topic>`; null if each had the name `<function>-<topic>`
 */
export function replacedSubscriptions(
  before: Record<string, string> | null,
  after: Record<string, string>,
): string[] {
  return Object.entries(after).flatMap(([key, name]) => {
    const previous = before === null ? key : before[key];
    return previous === undefined || previous === name ? [] : [name];
  });
}

/**
 * Delivers the events of the last hour to the subscriptions that replaced another one, whose backlog was deleted with it. Subscribers
 * ignore an event that they handled already.
 * https://cloud.google.com/pubsub/docs/replay-overview#seek_to_a_time
 */
export async function seekReplaced(names: string[], appliedFrom: Date): Promise<void> {
  const time = new Date(appliedFrom.getTime() - BACKLOG_MS).toISOString();
  for (const name of names) await run("gcloud", ["pubsub", "subscriptions", "seek", name, `--time=${time}`]);
}
