import { createServer } from "node:http";
import type { RequestHandler } from "express";
import { listen, stopServer } from "../lib/listen.ts";
import { refuseForeignRequests } from "../lib/refuse-foreign-requests.ts";
import { AppAuth } from "./app-auth.ts";
import type { Webhook } from "./deliveries/delivery-log.ts";
import { Faults } from "./faults.ts";
import { RateLimit } from "./rate-limit.ts";
import { routes } from "./routes.ts";
import type { GitHubState } from "./state.ts";

export interface GitHubOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  state: GitHubState;
  /** PEM of the App's public key. */
  appPublicKey: string;
  /** The App's id; 1 by default. */
  appId?: string;
  /** Milliseconds since 1970, for the expiration of tokens and rate limits; the system's clock by default. */
  now?: () => number;
  /** Receives redeliveries. */
  webhook?: Webhook;
}

export interface RunningGitHub {
  /** Value for GITHUB_API_URL. */
  url: string;
  /** The current state. Tests may change it. */
  state: GitHubState;
  /** All requests so far. */
  calls(): { method: string; path: string }[];
  faults: Faults;
  /** Not enforced by default. */
  rateLimit: RateLimit;
  stop(): Promise<void>;
}

/**
 * Starts the emulator of GitHub's REST API. Octokit reaches it through GITHUB_API_URL, authenticated as a GitHub App.
 *
 * @throws {Error} if the port is in use
 */
export async function startGitHub({
  port = 0,
  state,
  appPublicKey,
  appId = "1",
  now = Date.now,
  webhook,
}: GitHubOptions): Promise<RunningGitHub> {
  const faults = new Faults();
  const rateLimit = new RateLimit(now);
  const auth = new AppAuth({ id: appId, publicKey: appPublicKey }, now);
  const calls: { method: string; path: string }[] = [];
  const record: RequestHandler = (request, _response, next) => {
    calls.push({ method: request.method, path: request.originalUrl });
    next();
  };
  const first = [refuseForeignRequests(), record, faults.handler];
  const server = createServer(routes(state, auth, rateLimit.handler, first, webhook));
  const listeningPort = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listeningPort}`,
    state,
    calls: () => [...calls],
    faults,
    rateLimit,
    stop: () => stopServer(server),
  };
}
