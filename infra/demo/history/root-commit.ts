import type { DayClock } from "../day-clock.ts";

/** What was on a repository's master before the history, and live. @param repository owner/name */
export function rootCommit(clock: DayClock, repository: string): string {
  return clock.hex(`${repository} before the history`, 40);
}
