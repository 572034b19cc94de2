import { setTimeout as sleep } from "node:timers/promises";
import { RequestError } from "@octokit/request-error";
import { type GitHubClient, hasStatus } from "../../shared/github/installation-client.ts";
import type { Json } from "./historic-events.ts";

/** Share of the hourly limit that is left to the functions, which have the same one. */
export const RESERVE = 0.2;
/** After a secondary limit without a Retry-After: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const SECONDARY_WAIT_MS = 60_000;
/** Waits for one request. A limit lasts an hour at most. */
const MAX_WAITS = 8;

export interface RateLimitState {
  limit: number;
  remaining: number;
  /** Milliseconds since 1970. */
  resetsAt: number;
}

type RateLimitHeaders = Record<string, string | number | undefined>;

interface ReaderOptions {
  /** Waits a number of milliseconds. */
  wait?: (ms: number) => Promise<void>;
  now?: () => number;
  /** Called before a wait for the rate limit, with its milliseconds. */
  onWait?: (ms: number) => void;
  onRequest?: () => void;
  /** Called with the path of a list that the App has no permission to read. */
  onRefused?: (path: string) => void;
}

interface ListOptions {
  /** Under which an object has the list, e.g. `check_runs`. */
  key?: string;
  /** Whether no further page is needed after an item. */
  isEnough?: (item: Json) => boolean;
}

/** Reads lists of GitHub's API within its rate limits. */
export class GitHubReader {
  readonly #github: GitHubClient;
  readonly #options: Required<ReaderOptions>;
  #rateLimit: RateLimitState | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(github: GitHubClient, options: ReaderOptions = {}) {
    this.#github = github;
    this.#options = {
      wait: (ms) => sleep(ms),
      now: Date.now,
      onWait() {},
      onRequest() {},
      onRefused() {},
      ...options,
    };
  }

  /** As the last response said; undefined before the first. */
  get rateLimit(): RateLimitState | undefined {
    return this.#rateLimit;
  }

  /** Reads one object. @throws RequestError */
  async get(path: string): Promise<Json> {
    return (await this.#request(path)).data as Json;
  }

  /**
   * Reads a list, page by page.
   *
   * @throws RequestError
   */
  async list(path: string, { key, isEnough }: ListOptions = {}): Promise<Json[]> {
    const items: Json[] = [];
    let next: string | undefined = `${path}${path.includes("?") ? "&" : "?"}per_page=100`;
    while (next !== undefined) {
      const { data, headers } = await this.#request(next);
      const page = (key === undefined ? data : (data as Json)[key]) as Json[];
      for (const item of page) {
        if (isEnough?.(item)) return items;
        items.push(item);
      }
      next = /<([^>]+)>; rel="next"/.exec(headers.link ?? "")?.[1];
    }
    return items;
  }

  /**
   * Reads a list that the App may not see, e.g. without the permission for deployments.
   *
   * @returns an empty list then, after a call of `onRefused`
   */
  async ifPermitted(path: string, read: () => Promise<Json[]>): Promise<Json[]> {
    try {
      return await read();
    } catch (error) {
      if (!hasStatus(error, 403, 404)) throw error;
      this.#options.onRefused(path);
      return [];
    }
  }

  #request(url: string) {
    return this.call(() => this.#github.request(`GET ${url}`));
  }

  /**
   * Sends requests of this reader's client within the rate limits, after all earlier ones: GitHub asks for one request at a time.
   *
   * @param work may be called again after a limit
   * @throws what the work throws
   */
  call<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#attempt(work));
    this.#last = result.catch(() => {});
    return result;
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    const { hook } = this.#github;
    const note = ({ headers }: { headers: RateLimitHeaders }) => this.#note(headers);
    for (let waits = 0; ; waits++) {
      await this.#leaveReserve();
      hook.after("request", note);
      try {
        this.#options.onRequest();
        return await work();
      } catch (error) {
        if (!hasStatus(error, 403, 429) || !(error instanceof RequestError) || waits >= MAX_WAITS)
          throw error;
        const ms = this.#waitAfter(error.response?.headers ?? {});
        // 403 without a limit is a missing permission.
        if (ms === undefined) throw error;
        await this.#wait(ms);
      } finally {
        hook.remove("request", note);
      }
    }
  }

  async #leaveReserve() {
    const { limit, remaining, resetsAt } = this.#rateLimit ?? {};
    if (limit === undefined || remaining === undefined || resetsAt === undefined) return;
    if (remaining > limit * RESERVE || resetsAt <= this.#options.now()) return;
    await this.#wait(resetsAt - this.#options.now());
    // Until the next response says how much there is.
    this.#rateLimit = { limit, remaining: limit, resetsAt };
  }

  async #wait(ms: number) {
    this.#options.onWait(ms);
    await this.#options.wait(ms);
  }

  #note(headers: RateLimitHeaders) {
    const limit = Number(headers["x-ratelimit-limit"]);
    if (!(limit > 0)) return;
    const remaining = Number(headers["x-ratelimit-remaining"]);
    this.#rateLimit = { limit, remaining, resetsAt: Number(headers["x-ratelimit-reset"]) * 1000 };
  }

  /** @returns undefined if the response is about no limit */
  #waitAfter(headers: RateLimitHeaders): number | undefined {
    this.#note(headers);
    if (headers["retry-after"] !== undefined) return Number(headers["retry-after"]) * 1000;
    if (headers["x-ratelimit-remaining"] === "0")
      return Math.max(1000, Number(headers["x-ratelimit-reset"]) * 1000 - this.#options.now());
    return headers["x-ratelimit-remaining"] === undefined ? SECONDARY_WAIT_MS : undefined;
  }
}
