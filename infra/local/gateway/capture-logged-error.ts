import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { LOG_CHANNEL } from "../../../shared/observability/log.ts";

interface Kept {
  error?: string;
}

const storage = new AsyncLocalStorage<Kept>();
let following = false;

/**
 * Does work, and keeps what it logs as an error: functions answer 500 without saying why, as they should to who is outside.
 *
 * @returns what was logged last so far, if something was
 */
export function captureLoggedError(work: () => void): () => string | undefined {
  follow();
  const kept: Kept = {};
  storage.run(kept, work);
  return () => kept.error;
}

function follow() {
  if (following) return;
  following = true;
  subscribe(LOG_CHANNEL, (line) => {
    const { error } = line as { error?: unknown };
    const kept = storage.getStore();
    if (kept && typeof error === "string") kept.error = error;
  });
}
