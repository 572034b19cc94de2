import { BigQuery } from "@google-cloud/bigquery";
import { http } from "@google-cloud/functions-framework";
import { PubSub } from "@google-cloud/pubsub";
import { readConfig } from "../../shared/config.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { trackRequestTraces } from "../../shared/observability/call-context.ts";
import { initObservability, observe } from "../../shared/observability/observe.ts";
import { createQueryRunner } from "./events/read-events.ts";
import { handleRequest } from "./handle-request.tsx";
import { IapVerifier } from "./identity.ts";
import { listFunctions } from "./list-functions.ts";
import type { PageContext } from "./page-context.ts";

/** A person waits for the page, so an empty queue must not take as long as for the command. */
const PULL_MS = 2000;

const config = readConfig(process.env);
const functions = listFunctions();
const context: PageContext = {
  organization: config,
  functions,
  query: createQueryRunner(new BigQuery(), config.bigquery),
  // The function has one instance: a pull leases what another instance would list.
  deadLetters: new DeadLetterQueue({
    connect: () => new PubSub(),
    subscribers: functions.subscribers,
    // Errors are in Cloud Logging, which this function does not read.
    readCauses: async () => new Map(),
    pullMs: PULL_MS,
  }),
};
const verifier = new IapVerifier(process.env);

initObservability();
trackRequestTraces();
http("console", (request, response) =>
  observe({ name: "console", op: "http.server", flushMs: 0 }, () =>
    handleRequest(request, response, { verifier, context }),
  ),
);
