import { http, type Response } from "@google-cloud/functions-framework";
import { annotate, trackRequestTraces } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";

/** Milliseconds; no sender waits for the response of a scheduled function. */
const FLUSH_MS = 2000;

/** Counts and facts of a run, for the response, the log and the console. JSON values without personal data. */
export type RunSummary = Record<string, unknown>;

/**
 * Registers a scheduled function with the Functions Framework. Cloud Scheduler calls it with POST at the times of its function.json.
 *
 * Responses: 200 with the summary as JSON; 405 + Allow for another method; 500 `{"error"}` if the work throws. Cloud Scheduler then calls
 * again: https://cloud.google.com/scheduler/docs/configuring/retry-jobs. A call may arrive twice, and two may run at once.
 */
export function defineSchedule(name: string, work: () => Promise<RunSummary>) {
  initObservability();
  trackRequestTraces();
  http(name, async (request, response) => {
    if (request.method !== "POST") {
      response.set("Allow", "POST");
      return void respond(response, 405, { error: `${request.method} is not allowed, only POST` });
    }
    await observe({ name, op: "function.gcp", flushMs: FLUSH_MS }, () => run(name, work, response));
  });
}

async function run(name: string, work: () => Promise<RunSummary>, response: Response) {
  annotate({ schedule: name });
  const started = Date.now();
  try {
    const summary = await work();
    log("INFO", `${name} finished`, {
      outcome: "finished",
      durationMs: Date.now() - started,
      summary,
    });
    respond(response, 200, summary);
  } catch (error) {
    log("ERROR", `${name} failed; Cloud Scheduler will call it again`, {
      outcome: "failed",
      durationMs: Date.now() - started,
      error,
    });
    respond(response, 500, { error: `${name} failed; the log has the reason` });
  }
}

function respond(response: Response, status: number, body: RunSummary) {
  response.status(status).json(body);
}
