import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { EVENT_HEADER } from "../../emulators/slack/event-header.ts";

const storage = new AsyncLocalStorage<() => string | undefined>();
let following = false;

/**
 * Does work, and marks the requests to stand-ins that come of it with the event that it is about.
 *
 * @param eventId asked once, when there is a request to mark: what is pushed to a function is not read yet when it is called
 */
export function runWithEvent(eventId: () => string | undefined, work: () => void) {
  follow();
  let known: string | undefined;
  storage.run(() => (known ??= eventId()), work);
}

/** https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md: fetch goes through it. */
function follow() {
  if (following) return;
  following = true;
  subscribe("undici:request:create", (message) => {
    const { request } = message as {
      request: { origin: string | URL; addHeader(name: string, value: string): void };
    };
    // Nobody outside of this machine is to know it.
    const id = String(request.origin).startsWith("http://127.0.0.1:") ? storage.getStore()?.() : undefined;
    if (id) request.addHeader(EVENT_HEADER, encodeURIComponent(id));
  });
}
