import { AsyncLocalStorage } from "node:async_hooks";
import { subscribeOnce } from "../../../shared/observability/subscribe-once.ts";
import { EVENT_HEADER } from "../../emulators/slack/event-header.ts";

const storage = new AsyncLocalStorage<() => string | undefined>();

/**
 * Runs work and adds the id of the handled event to every request that the work sends to an emulator.
 *
 * @param eventId called once, at the first request: the body of a push is not read yet when the function is called
 */
export function runWithEvent(eventId: () => string | undefined, work: () => void) {
  subscribeOnce("undici:request:create", addEventHeader);
  let cached: string | undefined;
  storage.run(() => (cached ??= eventId()), work);
}

/** fetch publishes its requests: https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
function addEventHeader(message: unknown) {
  const { request } = message as {
    request: { origin: string | URL; addHeader(name: string, value: string): void };
  };
  // Only this machine's emulators may see the id.
  const id = String(request.origin).startsWith("http://127.0.0.1:") ? storage.getStore()?.() : undefined;
  if (id) request.addHeader(EVENT_HEADER, encodeURIComponent(id));
}
