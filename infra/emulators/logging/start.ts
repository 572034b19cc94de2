import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { sendError, sendJson } from "../lib/google-response.ts";
import { listen, stopServer } from "../lib/listen.ts";
import { refuseBody, refuseForeign, sendRefusal } from "../lib/refuse-foreign-requests.ts";
import { FilterError, type LogEntry, parseFilter } from "./parse-filter.ts";

/** Limits of entries.list: https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list */
const DEFAULT_PAGE = 50;
const MAX_PAGE = 1000;
const MAX_FILTER = 20_000;
/** Of a request. */
const MAX_BYTES = 1_000_000;
/** Older entries are dropped. */
const MAX_ENTRIES = 50_000;

export interface LoggingOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  project: string;
}

export interface RunningLogging {
  /** Without a trailing slash. */
  url: string;
  /**
   * Stores a line that a Cloud Run service wrote to stdout.
   *
   * @param service name of the service
   * @param line structured: https://cloud.google.com/run/docs/logging#using-json
   */
  write(service: string, line: Record<string, unknown>): void;
  stop(): Promise<void>;
}

interface ListRequest {
  resourceNames?: unknown;
  filter?: unknown;
  orderBy?: unknown;
  pageSize?: unknown;
  pageToken?: unknown;
}

class InvalidArgument extends Error {}

/**
 * Starts an emulator of Cloud Logging's `entries.list`. Its state is in memory.
 *
 * @throws {Error} if the port is in use
 */
export async function startLogging({ port = 0, project }: LoggingOptions): Promise<RunningLogging> {
  const entries: LogEntry[] = [];
  const server = createServer((request, response) => {
    const refusal = refuseForeign(request) ?? refuseBody(request, "json");
    if (refusal) return sendRefusal(request, response, refusal);
    void handle(request, response, { entries, project });
  });
  const listening = await listen(server, port);
  let count = 0;
  return {
    url: `http://127.0.0.1:${listening}`,
    write(service, line) {
      entries.push(toEntry(project, service, line, String(++count).padStart(12, "0")));
      if (entries.length > MAX_ENTRIES) entries.splice(0, MAX_ENTRIES / 10);
    },
    stop: () => stopServer(server),
  };
}

/** The agent takes some fields out of the payload: https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields */
function toEntry(
  project: string,
  service: string,
  line: Record<string, unknown>,
  insertId: string,
): LogEntry {
  const { severity, ...fields } = line;
  const payload = Object.entries(fields).filter(([name]) => !name.startsWith("logging.googleapis.com/"));
  return {
    insertId,
    logName: `projects/${project}/logs/run.googleapis.com%2Fstdout`,
    timestamp: new Date().toISOString(),
    severity: String(severity ?? "DEFAULT"),
    resource: { type: "cloud_run_revision", labels: { project_id: project, service_name: service } },
    // A stored entry is no longer the writer's object.
    jsonPayload: JSON.parse(JSON.stringify(Object.fromEntries(payload))),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  log: { entries: LogEntry[]; project: string },
) {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (request.method !== "POST" || pathname !== "/v2/entries:list")
    return sendError(response, 404, "NOT_FOUND", `There is no ${request.method} ${pathname}`);
  try {
    sendJson(response, 200, list((await readJson(request)) as ListRequest, log));
  } catch (error) {
    // The client left in the middle of its request.
    if (request.destroyed && !request.complete) return;
    if (!(error instanceof InvalidArgument || error instanceof FilterError)) throw error;
    sendError(response, 400, "INVALID_ARGUMENT", error.message);
  }
}

function list(body: ListRequest, { entries, project }: { entries: LogEntry[]; project: string }) {
  const {
    resourceNames,
    filter = "",
    orderBy = "timestamp asc",
    pageSize = DEFAULT_PAGE,
    pageToken = "",
  } = body;
  if (!Array.isArray(resourceNames) || resourceNames.length === 0)
    throw new InvalidArgument("resourceNames must name at least one resource");
  if (typeof filter !== "string" || filter.length > MAX_FILTER)
    throw new InvalidArgument(`filter must be text of at most ${MAX_FILTER} characters`);
  if (orderBy !== "timestamp asc" && orderBy !== "timestamp desc")
    throw new InvalidArgument(`orderBy must be "timestamp asc" or "timestamp desc"`);
  if (!Number.isInteger(pageSize) || Number(pageSize) < 0 || Number(pageSize) > MAX_PAGE)
    throw new InvalidArgument(`pageSize must be between 0 and ${MAX_PAGE}`);
  if (!/^\d*$/.test(String(pageToken))) throw new InvalidArgument("pageToken is not valid");
  const matches = parseFilter(filter);
  const found = resourceNames.includes(`projects/${project}`) ? entries.filter(matches) : [];
  // Written in the order of their times.
  const ordered = orderBy === "timestamp desc" ? found.toReversed() : found;
  const start = Number(pageToken || 0);
  const end = start + (Number(pageSize) || DEFAULT_PAGE);
  return {
    // Responses leave out what is empty.
    ...(ordered.length > start && { entries: ordered.slice(start, end) }),
    ...(end < ordered.length && { nextPageToken: String(end) }),
  };
}

/** @throws {InvalidArgument} */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new InvalidArgument("Request payload size exceeds the limit");
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Not JSON.
  }
  throw new InvalidArgument("Invalid JSON payload received");
}
