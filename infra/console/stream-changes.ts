import type { Request, Response } from "express";
import type { ChangeFeed, ChangeKind } from "../local/gateway/change-feed.ts";

/** Changes within this time are told together: thousands of deliveries a minute need not redraw a page as often. */
const TOGETHER_MS = 250;
/** Proxies and browsers give up on connections that stay silent for long. */
const BEAT_MS = 20_000;

/** Answers with server-sent events that name what has changed: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function streamChanges(changes: ChangeFeed, request: Request, response: Response) {
  response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.flushHeaders();
  response.write("retry: 1000\n\n");
  const waiting = new Set<ChangeKind>();
  const tell = () => {
    for (const changed of waiting) response.write(`event: ${changed}\ndata: {}\n\n`);
    waiting.clear();
  };
  const end = changes.subscribe((changed) => {
    if (waiting.size === 0) setTimeout(tell, TOGETHER_MS).unref();
    waiting.add(changed);
  });
  const beat = setInterval(() => response.write(":\n\n"), BEAT_MS);
  request.once("close", () => {
    clearInterval(beat);
    end();
  });
}
