import { createServer } from "node:http";
import express, { type Express, type Request, type RequestHandler } from "express";
import { listen, stopServer } from "../lib/listen.ts";
import { refuseForeignRequests } from "../lib/refuse-foreign-requests.ts";
import { type Arguments, type Method, readArguments } from "./arguments.ts";
import { SlackError } from "./errors.ts";
import { EVENT_HEADER } from "./event-header.ts";
import { SlackFaults } from "./faults.ts";
import { methods } from "./methods.ts";
import { RateLimits } from "./rate-limits.ts";
import { Store } from "./store.ts";
import { Triggers } from "./triggers.ts";
import type { LocalMessage, LocalView, Workspace } from "./workspace.ts";
import { type Written, writeMessage } from "./write.ts";

export interface SlackOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  /** Directory for the state of the workspace; without it, the state is in memory only. */
  dataDir?: string;
  /** Initial workspace if `dataDir` contains none. */
  workspace: Workspace;
  /** Called after a message or view may have changed. */
  onChanged?: () => void;
  /** Milliseconds since 1970, for rate limits; the system's clock by default. */
  now?: () => number;
}

export interface SlackCall {
  /** E.g. chat.postMessage. */
  method: string;
  /** Without the token. */
  arguments: Arguments;
  /** RFC 3339 */
  at: string;
}

export interface RunningSlack {
  /** Value for SLACK_API_URL; ends with a slash. */
  url: string;
  /** The current state. Tests may change it. */
  workspace: Workspace;
  /** All messages in their current state, ephemeral ones included; oldest first. */
  messages(): LocalMessage[];
  /** All opened modals and published App Homes. */
  views(): LocalView[];
  /** All calls so far, failed ones included. */
  calls(): SlackCall[];
  /** Adds a message of a person. */
  write(written: Written): LocalMessage;
  /** Issues the trigger id of a user's click. */
  issueTrigger(user: string): string;
  faults: SlackFaults;
  /** Not enforced by default. */
  rateLimits: RateLimits;
  stop(): Promise<void>;
}

/**
 * Starts the emulator of Slack's Web API. Slack's client reaches it through SLACK_API_URL.
 * `POST /_triggers {"user"}` issues a trigger id to another process.
 *
 * @throws {Error} if the port is in use
 */
export async function startSlack({
  port = 0,
  dataDir,
  workspace,
  onChanged,
  now = Date.now,
}: SlackOptions): Promise<RunningSlack> {
  const store = new Store(workspace, dataDir, onChanged);
  const triggers = new Triggers();
  const faults = new SlackFaults();
  const rateLimits = new RateLimits(store.workspace, now);
  const calls: SlackCall[] = [];
  const server = createServer(routes(store, triggers, [faults.handler, rateLimits.handler], calls));
  const listeningPort = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listeningPort}/api/`,
    workspace: store.workspace,
    messages: () => structuredClone(store.workspace.messages),
    views: () => structuredClone(store.workspace.views),
    calls: () => [...calls],
    write: (written) => structuredClone(writeMessage(store, written)),
    issueTrigger: (user) => triggers.issue(user),
    faults,
    rateLimits,
    stop: () => stopServer(server),
  };
}

/** @param first middleware that runs before each method */
function routes(store: Store, triggers: Triggers, first: RequestHandler[], calls: SlackCall[]): Express {
  const app = express();
  const byName = methods(store, triggers);
  app.disable("x-powered-by");
  app.use(refuseForeignRequests({ bodies: "form" }));
  app.use(express.json({ limit: "1mb" }), express.urlencoded({ extended: false, limit: "1mb" }));
  app.post(
    "/_triggers",
    (request, response) => void response.json({ trigger_id: triggers.issue(String(request.body?.user)) }),
  );
  app.use("/api", (request, _response, next) => {
    const at = new Date().toISOString();
    calls.push({ method: request.path.slice(1), arguments: readArguments(request.body), at });
    next();
  });
  app.use("/api", ...first);
  app.post("/api/:method", (request, response) => {
    const name = String(request.params.method);
    response.json(callMethod(Object.hasOwn(byName, name) ? byName[name] : undefined, request, store));
  });
  return app;
}

function callMethod(method: Method | undefined, request: Request, store: Store): Record<string, unknown> {
  try {
    checkToken(request);
    if (!method) throw new SlackError("unknown_method");
    const result = method(readArguments(request.body));
    recordEvent(store.workspace, result, request.get(EVENT_HEADER));
    store.save();
    return { ok: true, ...result };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const { error: code, messages } = error;
    return { ok: false, error: code, ...(messages.length > 0 && { response_metadata: { messages } }) };
  }
}

/** Adds the event to the message that was posted or updated for it. */
function recordEvent({ messages }: Workspace, { channel, ts }: Record<string, unknown>, eventId?: string) {
  const message = messages.find((candidate) => candidate.channel === channel && candidate.ts === ts);
  if (!message || eventId === undefined) return;
  message.lastEvent = decodeURIComponent(eventId);
  message.events = [...new Set([...(message.events ?? []), message.lastEvent])];
}

/** Accepts every bot token. */
function checkToken(request: Request) {
  const token = request.headers.authorization?.match(/^bearer (\S+)$/i)?.[1] ?? request.body?.token;
  if (!token) throw new SlackError("not_authed");
  if (!String(token).startsWith("xoxb-")) throw new SlackError("invalid_auth");
}
