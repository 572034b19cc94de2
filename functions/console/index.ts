import { BigQuery } from "@google-cloud/bigquery";
import { http } from "@google-cloud/functions-framework";
import { PubSub } from "@google-cloud/pubsub";
import { readConfig } from "../../shared/config.ts";
import type { DeadLetter } from "../../shared/dead-letters/dead-letter.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { createLogReader } from "../../shared/logging/log-reader.ts";
import { readLoggedCauses } from "../../shared/logging/read-causes.ts";
import { trackRequestTraces } from "../../shared/observability/call-context.ts";
import { log } from "../../shared/observability/log.ts";
import { initObservability, observe } from "../../shared/observability/observe.ts";
import { createQueryRunner } from "./events/read-events.ts";
import { handleRequest } from "./handle-request.tsx";
import { IapVerifier } from "./identity.ts";
import { listFunctions } from "./list-functions.ts";
import type { PageContext } from "./page-context.ts";
import { createScheduler } from "./schedules/scheduler.ts";

/** A person waits for the page, so an empty queue must not take as long as for the command. */
const PULL_MS = 2000;

const config = readConfig(process.env);
const functions = listFunctions();
const listLogEntries = createLogReader(process.env);
const context: PageContext = {
  organization: config,
  functions,
  query: createQueryRunner(new BigQuery(), config.bigquery),
  // The function has one instance: a pull leases what another instance would list.
  deadLetters: new DeadLetterQueue({
    connect: () => new PubSub(),
    subscribers: functions.subscribers,
    readCauses: findCauses,
    pullMs: PULL_MS,
  }),
  listLogEntries,
  scheduler: createScheduler(process.env),
};
/** The list is useful without causes. */
async function findCauses(deadLetters: DeadLetter[]): Promise<Map<string, string>> {
  try {
    return await readLoggedCauses(deadLetters, listLogEntries);
  } catch (error) {
    log("WARNING", "Cloud Logging does not respond: the causes of dead letters are unknown", { error });
    return new Map();
  }
}

const verifier = new IapVerifier(process.env);

initObservability();
trackRequestTraces();
http("console", (request, response) =>
  observe({ name: "console", op: "http.server", flushMs: 0 }, () =>
    handleRequest(request, response, { verifier, context }),
  ),
);
