import type { RequestHandler } from "express";
import { RATE_LIMITS_PAGE, sendError } from "./send-error.ts";

export interface GitHubFault {
  /** Applies to requests whose path contains this. */
  path: string;
  /**
   * `drop` closes the connection, `status` responds with a status. `secondary-rate-limit` responds 403 with Retry-After:
   * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
   */
  kind: "drop" | "status" | "secondary-rate-limit";
  /** Seconds, for `secondary-rate-limit`; 60 by default. */
  retryAfter?: number;
  /** For `status`; 500 by default. */
  status?: number;
  /** Number of requests that fail; unlimited by default. */
  times?: number;
}

const SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

/** Makes requests fail in ways that requests to the real GitHub fail. */
export class Faults {
  #faults: (GitHubFault & { left: number })[] = [];

  add(fault: GitHubFault) {
    this.#faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear() {
    this.#faults = [];
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const fault = this.#faults.find(({ path, left }) => left > 0 && request.path.includes(path));
    if (!fault) return next();
    fault.left--;
    if (fault.kind === "drop") return void request.socket.destroy();
    if (fault.kind === "secondary-rate-limit") {
      response.set("Retry-After", String(fault.retryAfter ?? 60));
      return sendError(response, 403, SECONDARY, `${RATE_LIMITS_PAGE}#about-secondary-rate-limits`);
    }
    response
      .status(fault.status ?? 500)
      .json({ message: "Injected fault", status: String(fault.status ?? 500) });
  };
}
