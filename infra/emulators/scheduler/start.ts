import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { sendError, sendJson } from "../lib/google-response.ts";
import { listen, stopServer } from "../lib/listen.ts";
import { refuseBody, refuseForeign, sendRefusal } from "../lib/refuse-foreign-requests.ts";

/** A job with an HTTP target: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#Job */
export interface SchedulerJob {
  /** Its last part. */
  name: string;
  /** Five fields. */
  schedule: string;
  timeZone: string;
  state: "ENABLED" | "PAUSED";
  /** Next time, RFC 3339. */
  scheduleTime: string;
  /** RFC 3339; undefined before the first attempt. */
  lastAttemptTime?: string | undefined;
  /** HTTP status of the last attempt; undefined before the first. */
  lastStatus?: number | undefined;
}

export interface SchedulerOptions {
  /** 0, the default, selects a free port. */
  port?: number;
  project: string;
  location: string;
  jobs: () => SchedulerJob[];
  /** Calls a job's target; the response to `jobs.run` does not wait for it. */
  run: (name: string) => void;
}

export interface RunningScheduler {
  /** Without a trailing slash. */
  url: string;
  stop(): Promise<void>;
}

/** https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs/list */
const MAX_PAGE = 500;
/** google.rpc.Code of a target's response: https://cloud.google.com/apis/design/errors#http_mapping */
const CODES: Record<number, number> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 10,
  429: 8,
  500: 13,
  503: 14,
  504: 4,
};

/**
 * Starts an emulator of Cloud Scheduler's `jobs.list`, `jobs.get` and `jobs.run`. The caller has the jobs and their clock.
 *
 * @throws {Error} if the port is in use
 */
export async function startScheduler({ port = 0, ...options }: SchedulerOptions): Promise<RunningScheduler> {
  const server = createServer((request, response) => {
    const refusal = refuseForeign(request) ?? refuseBody(request, "json");
    if (refusal) return sendRefusal(request, response, refusal);
    handle(request, response, options);
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}`,
    stop: () => stopServer(server),
  };
}

function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { project, location, jobs, run }: Omit<SchedulerOptions, "port">,
) {
  request.resume();
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const parent = `projects/${project}/locations/${location}`;
  const [, path, id, verb] =
    /^\/v1\/(projects\/[^/]+\/locations\/[^/]+)\/jobs(?:\/([^/:]+))?(?::(\w+))?$/.exec(pathname) ?? [];
  const method = `${request.method} ${verb ?? (id === undefined ? "list" : "get")}`;
  if (path === undefined || !["GET list", "GET get", "POST run"].includes(method))
    return sendError(response, 404, "NOT_FOUND", `There is no ${request.method} ${pathname}`);
  if (path !== parent) return sendError(response, 404, "NOT_FOUND", `Location ${path} was not found.`);
  if (method === "GET list") return list(response, searchParams, jobs(), parent);
  const job = jobs().find(({ name }) => name === id);
  if (!job) return sendError(response, 404, "NOT_FOUND", "Job not found.");
  // A paused job may be run too.
  if (method === "POST run") run(job.name);
  sendJson(response, 200, toJson(job, parent));
}

function list(response: ServerResponse, query: URLSearchParams, jobs: SchedulerJob[], parent: string) {
  const size = Number(query.get("pageSize") ?? MAX_PAGE);
  const start = Number(query.get("pageToken") || 0);
  if (!Number.isInteger(size) || size < 0 || !Number.isInteger(start))
    return sendError(response, 400, "INVALID_ARGUMENT", "Request contains an invalid argument.");
  const end = start + Math.min(size || MAX_PAGE, MAX_PAGE);
  sendJson(response, 200, {
    // Responses leave out what is empty.
    ...(jobs.length > start && { jobs: jobs.slice(start, end).map((job) => toJson(job, parent)) }),
    ...(end < jobs.length && { nextPageToken: String(end) }),
  });
}

/** A successful attempt has an empty status. */
function toJson({ name, lastAttemptTime, lastStatus, ...job }: SchedulerJob, parent: string) {
  const isSuccess = lastStatus !== undefined && lastStatus >= 200 && lastStatus < 300;
  return {
    name: `${parent}/jobs/${name}`,
    ...job,
    ...(lastAttemptTime !== undefined && { lastAttemptTime }),
    ...(lastStatus !== undefined && { status: isSuccess ? {} : { code: CODES[lastStatus] ?? 2 } }),
  };
}
