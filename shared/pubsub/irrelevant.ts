import { log } from "../observability/log.ts";

/** Why an event does not concern a subscriber, as the end of a sentence. Depends on the event and the configuration only. */
export interface Irrelevant {
  because: string;
}

export function isIrrelevant(read: object): read is Irrelevant {
  return "because" in read;
}

/** Ends a subscriber's work on an event that does not concern it. The console finds the same reason without the log. */
export function logIrrelevant({ because }: Irrelevant): void {
  log("DEBUG", `Nothing to do: ${because}`);
}
