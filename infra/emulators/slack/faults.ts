import type { Request, RequestHandler, Response } from "express";

export interface SlackFault {
  /** The method of the Web API, e.g. chat.postMessage. */
  method: string;
  /**
   * `drop-before` breaks the connection off at once, `drop-after` does what was asked and then breaks it off,
   * `rate-limit` answers 429 with Retry-After, `error` answers `{"ok": false}`, `delay` answers late.
   */
  kind: "drop-before" | "drop-after" | "rate-limit" | "error" | "delay";
  /** How often; always otherwise. */
  times?: number;
  /** How many calls are let through first; none otherwise. */
  after?: number;
  /** Seconds, for `rate-limit`. */
  retryAfter?: number;
  /** Slack's word, for `error`. */
  error?: string;
  /** For `delay`. */
  delayMs?: number;
}

/** Has calls fail in ways that real ones do. */
export class SlackFaults {
  #faults: (SlackFault & { left: number; waiting: number })[] = [];

  add(fault: SlackFault) {
    this.#faults.push({
      ...fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
      waiting: fault.after ?? 0,
    });
  }

  clear() {
    this.#faults = [];
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const method = request.path.slice(1);
    const fault = this.#faults.find((candidate) => candidate.left > 0 && candidate.method === method);
    if (!fault) return next();
    if (fault.waiting > 0) {
      fault.waiting--;
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
