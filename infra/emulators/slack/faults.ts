import type { Request, RequestHandler, Response } from "express";

export interface SlackFault {
  /** The method of the Web API, e.g. chat.postMessage. */
  method: string;
  /**
   * `drop-before` closes the connection and does nothing. `drop-after` executes the method, then closes the connection without a response.
   * `rate-limit` responds 429 with Retry-After. `error` responds `{"ok": false}`. `delay` executes the method after `delayMs`.
   */
  kind: "drop-before" | "drop-after" | "rate-limit" | "error" | "delay";
  /** Applies only to calls whose arguments contain this, e.g. the address of a picture that Slack cannot load. */
  containing?: string;
  /** Number of calls that fail; unlimited by default. */
  times?: number;
  /** Number of calls that succeed before the first failure; 0 by default. */
  after?: number;
  /** Seconds, for `rate-limit`; 1 by default. */
  retryAfter?: number;
  /** Slack's error code, for `error`; internal_error by default. */
  error?: string;
  /** For `delay`; 1000 by default. */
  delayMs?: number;
}

/** Makes calls fail in ways that calls of the real Slack fail. */
export class SlackFaults {
  #faults: (SlackFault & { left: number; skip: number })[] = [];

  add(fault: SlackFault) {
    this.#faults.push({
      ...fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
      skip: fault.after ?? 0,
    });
  }

  clear() {
    this.#faults = [];
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const method = request.path.slice(1);
    const body = JSON.stringify(request.body ?? {});
    const fault = this.#faults.find(
      ({ left, containing = "", ...candidate }) =>
        left > 0 && candidate.method === method && body.includes(containing),
    );
    if (!fault) return next();
    if (fault.skip > 0) {
      fault.skip--;
      return next();
    }
    fault.left--;
    applyFault(fault, request, response, next);
  };
}

function applyFault(fault: SlackFault, request: Request, response: Response, next: () => void) {
  switch (fault.kind) {
    case "drop-before":
      return void request.socket.destroy();
    case "drop-after":
      response.json = () => {
        request.socket.destroy();
        return response;
      };
      return next();
    case "rate-limit":
      return void response
        .status(429)
        .set("Retry-After", String(fault.retryAfter ?? 1))
        .json({ ok: false, error: "ratelimited" });
    case "error":
      return void response.json({ ok: false, error: fault.error ?? "internal_error" });
    case "delay":
      return void setTimeout(next, fault.delayMs ?? 1000);
  }
}
