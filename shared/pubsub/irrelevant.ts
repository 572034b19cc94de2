import { log } from "../observability/log.ts";

/** Why an event does not concern a subscriber, as the end of a sentence. Depends on the event and the configuration only. */
export interface Irrelevant {
  because: string;
}

export function isIrrelevant(read: object): read is Irrelevant {
  return "because" in read;
}

/**
 * Ends a subscriber's work on an event that does not concern it. The console in the cloud finds the same reason in the event and the
 * configuration.
 *
 * @param severity INFO, which is stored, if the warehouse has not enough of the event for that: the console reads the reason in the log
 */
export function logIrrelevant({ because }: Irrelevant, severity: "DEBUG" | "INFO" = "DEBUG"): void {
  log(severity, `Nothing to do: ${because}`, { outcome: "nothing", because });
}
