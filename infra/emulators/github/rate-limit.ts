import type { RequestHandler } from "express";
import { RATE_LIMITS_PAGE, sendError } from "./send-error.ts";

/** GitHub's limit of an installation per hour. A larger organization has up to 12,500. */
const DEFAULT_LIMIT = 5000;
const WINDOW_MS = 3_600_000;

/**
 * The primary rate limit of installations: a number of requests per hour.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#primary-rate-limit-for-github-app-installations
 *
 * Without `enforce`, no request counts, so that a long demo reaches no limit.
 */
export class RateLimit {
  readonly #now: () => number;
  #limit: number | null = null;
  #used = 0;
  #reset = 0;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins an hour in which this number of requests succeeds. */
  enforce(limit = DEFAULT_LIMIT) {
    this.#limit = limit;
    this.#reset = 0;
  }

  lift() {
    this.#limit = null;
  }

  readonly handler: RequestHandler = (_request, response, next) => {
    const now = this.#now();
    if (now >= this.#reset) {
      this.#used = 0;
      // The header has seconds.
      this.#reset = Math.ceil((now + WINDOW_MS) / 1000) * 1000;
    }
    const limit = this.#limit ?? DEFAULT_LIMIT;
    const isExceeded = this.#limit !== null && this.#used >= limit;
    const used = this.#limit === null ? 1 : Math.min(this.#used + 1, limit);
    this.#used = this.#limit === null ? 0 : used;
    response.set({
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(this.#reset / 1000),
      "x-ratelimit-resource": "core",
    });
    if (isExceeded)
      sendError(response, 403, "API rate limit exceeded for installation ID 1.", RATE_LIMITS_PAGE);
    else next();
  };
}
