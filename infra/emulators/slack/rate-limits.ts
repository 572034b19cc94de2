import type { RequestHandler } from "express";
import type { Workspace } from "./workspace.ts";

/** Requests per minute of each tier, https://docs.slack.dev/apis/web-api/rate-limits#web-api-rate-limit-tiers */
const tiers = { 2: 20, 3: 50, 4: 100 } as const;
const MINUTE_MS = 60_000;
/** chat.postMessage has a special tier: one message per second and channel. Slack tolerates short bursts, the emulator none. */
const POST_MS = 1000;

/** Tiers of the emulated methods, as the page of each method gives it. */
const tierByMethod: Record<string, keyof typeof tiers> = {
  "chat.postEphemeral": 4,
  "chat.update": 3,
  "conversations.history": 3,
  "conversations.join": 3,
  "conversations.list": 2,
  "conversations.open": 3,
  "conversations.replies": 3,
  "team.profile.get": 3,
  "users.info": 4,
  "users.list": 2,
  "users.lookupByEmail": 3,
  "users.profile.get": 4,
  "views.open": 4,
  "views.publish": 4,
  "views.update": 4,
};

/** Limits the rate of calls per method, and of messages per channel. Not enforced by default: tests would wait for it. */
export class RateLimits {
  readonly #workspace: Workspace;
  readonly #now: () => number;
  readonly #accepted = new Map<string, number[]>();
  #enforced = false;

  /** @param now milliseconds since 1970 */
  constructor(workspace: Workspace, now: () => number) {
    this.#workspace = workspace;
    this.#now = now;
  }

  enforce() {
    this.#accepted.clear();
    this.#enforced = true;
  }

  lift() {
    this.#enforced = false;
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const retryAfter = this.#enforced ? this.#count(request.path.slice(1), request.body?.channel) : 0;
    if (retryAfter === 0) return next();
    response.status(429).set("Retry-After", String(retryAfter)).json({ ok: false, error: "ratelimited" });
  };

  /** @returns whole seconds until the next call succeeds; 0 for a call that succeeds, and that counts */
  #count(method: string, channel: unknown): number {
    const tier = tierByMethod[method];
    if (method === "chat.postMessage")
      return this.#admit(`${method} ${this.#channelId(channel)}`, 1, POST_MS);
    return tier === undefined ? 0 : this.#admit(method, tiers[tier], MINUTE_MS);
  }

  #admit(key: string, maximum: number, windowMs: number): number {
    const now = this.#now();
    const recent = (this.#accepted.get(key) ?? []).filter((at) => now - at < windowMs);
    const [oldest] = recent;
    const isFull = recent.length >= maximum && oldest !== undefined;
    this.#accepted.set(key, isFull ? recent : [...recent, now]);
    return isFull ? Math.ceil((oldest + windowMs - now) / 1000) : 0;
  }

  /** The name and the id of a channel share a limit. */
  #channelId(given: unknown): string {
    const name = String(given).replace(/^#/, "");
    return this.#workspace.channels.find((channel) => channel.name === name)?.id ?? name;
  }
}
