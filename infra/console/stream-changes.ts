import type { Request, Response } from "express";
import type { ChangeFeed, ChangeKind } from "../local/gateway/change-feed.ts";

/** Changes within this time are sent together, so that thousands of deliveries a minute do not redraw a page as often. */
const BATCH_MS = 250;
/** Proxies and browsers close idle connections. */
const HEARTBEAT_MS = 20_000;

/** Responds with server-sent events that name the changed part: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function streamChanges(changes: ChangeFeed, request: Request, response: Response) {
  response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.flushHeaders();
  response.write("retry: 1000\n\n");
  const waiting = new Set<ChangeKind>();
  const flush = () => {
    for (const changed of waiting) response.write(`event: ${changed}\ndata: {}\n\n`);
    waiting.clear();
  };
  const unsubscribe = changes.subscribe((changed) => {
    if (waiting.size === 0) setTimeout(flush, BATCH_MS).unref();
    waiting.add(changed);
  });
  const heartbeat = setInterval(() => response.write(":\n\n"), HEARTBEAT_MS);
  request.once("close", () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
