import { AsyncLocalStorage } from "node:async_hooks";
import { LOG_CHANNEL } from "../../../shared/observability/log.ts";
import { subscribeOnce } from "../../../shared/observability/subscribe-once.ts";

interface LoggedError {
  error?: string;
}

const storage = new AsyncLocalStorage<LoggedError>();

/**
 * Runs work and captures the last error that it logs. Functions respond 500 without a reason, because their senders are outside.
 *
 * @returns a function that returns the last error so far, undefined when nothing was logged
 */
export function captureLoggedError(work: () => void): () => string | undefined {
  subscribeOnce(LOG_CHANNEL, captureLine);
  const logged: LoggedError = {};
  storage.run(logged, work);
  return () => logged.error;
}

function captureLine(line: unknown) {
  const { error } = line as { error?: unknown };
  const logged = storage.getStore();
  if (logged && typeof error === "string") logged.error = error;
}
