import { Router } from "express";
import { parseLossless, readDigits } from "../../../shared/events/lossless-json.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { ComparePage } from "./compare-page.tsx";
import { buildCurlCommand, SecretInCommandError } from "./curl-command.ts";
import { decodeBody } from "./decode-body.ts";
import { listDifferences } from "./list-differences.ts";
import { redactHeaders } from "./redact-headers.ts";
import { findDelivery, findWithSource } from "./respond-delivery.tsx";

/** Larger documents are not compared: the comparison takes seconds, and nobody reads it. */
const MAX_COMPARED_BYTES = 2_000_000;

/** A delivery as curl command, as fixture, and beside another. */
export function exportRoutes(context: ConsoleContext): Router {
  const { deliveryLog, url } = context;
  const router = Router();

  router.get("/deliveries/:number/payload", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    const isJson = (delivery.headers["content-type"] ?? "").includes("json");
    response.attachment(`delivery-${delivery.number}.${isJson ? "json" : "txt"}`);
    response.send(deliveryLog.readBody(delivery));
  });

  router.get("/deliveries/:number/curl", async (request, response) => {
    const named = findWithSource(context, request, response);
    if (!named) return;
    const secret = request.query.secret === "signed" ? "signed" : "variable";
    try {
      const address = `${url()}/${named.folder.name}`;
      response.type("text").send(await buildCurlCommand(named.folder, named.request, address, { secret }));
    } catch (error) {
      if (!(error instanceof SecretInCommandError)) throw error;
      response.status(409).type("text").send(error.message);
    }
  });

  router.get("/deliveries/:number/fixture", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (delivery) response.type("text").send(formatFixture(deliveryLog.readBody(delivery)));
  });

  router.get("/deliveries/:number/compare", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    const { with: other, subscription, a, b } = request.query;
    const comparison =
      typeof subscription === "string"
        ? compareAttempts(context, delivery.eventId ?? "", subscription, [Number(a), Number(b)])
        : compareDeliveries(context, delivery.number, Number(other));
    if (comparison === undefined) {
      const message = "There are no two of these to compare.";
      return sendPage(response, <ErrorPage message={message} />, 404);
    }
    sendPage(response, <ComparePage number={delivery.number} {...comparison} />);
  });
  return router;
}

/** Indented JSON with a newline at its end, as the files in `fixtures/` are. Integers keep their digits. */
export function formatFixture(body: Buffer): string {
  const text = body.toString("utf8");
  const json = text.startsWith("payload=") ? (new URLSearchParams(text).get("payload") ?? "") : text;
  try {
    const indented = JSON.stringify(parseLossless(json), null, 2);
    return `${indented.replace(/"(?:[^"\\]|\\.)*"/g, (value) => readDigits(JSON.parse(value)) ?? value)}\n`;
  } catch {
    return text;
  }
}

function compareDeliveries({ deliveryLog }: ConsoleContext, ...numbers: [number, number]) {
  const [before, after] = numbers.map((number) => deliveryLog.delivery(number));
  if (!before || !after) return undefined;
  const [left, right] = [before, after].map((delivery) => {
    const { status, response, headers, body } = delivery;
    const shown = redactHeaders(headers).filter(({ value }) => value !== null);
    return {
      response: { status, body: response },
      headers: Object.fromEntries(shown.map(({ name, value }) => [name, value])),
      ...(body.bytes <= MAX_COMPARED_BYTES && { payload: readPayload(deliveryLog.readBody(delivery)) }),
    };
  });
  const isCut = Math.max(before.body.bytes, after.body.bytes) > MAX_COMPARED_BYTES;
  return {
    title: `#${before.number} and #${after.number}`,
    names: [`#${before.number}`, `#${after.number}`] as const,
    differences: listDifferences(left, right),
    ...(isCut && { note: "The payloads have more than 2 MB and were not compared." }),
  };
}

function readPayload(body: Buffer): unknown {
  const decoded = decodeBody(body);
  return "json" in decoded ? decoded.json : decoded.text;
}

/** Two pushes of an event to one subscriber, by their place among all its pushes, from 1; by default the last two. */
function compareAttempts(
  { deliveryLog }: ConsoleContext,
  eventId: string,
  subscription: string,
  [first, second]: [number, number],
) {
  const pushes = deliveryLog.history(eventId).pushes.filter((push) => push.subscription === subscription);
  const a = first || pushes.length - 1;
  const b = second || pushes.length;
  const [before, after] = [pushes[a - 1], pushes[b - 1]];
  if (!before || !after) return undefined;
  const [left, right] = [before, after].map(({ outcome, error, log, attributes, durationMs, at }) => ({
    outcome,
    error,
    log,
    attributes,
    durationMs,
    at,
  }));
  return {
    title: `pushes ${a} and ${b} to ${before.function}`,
    names: [`push ${a}`, `push ${b}`] as const,
    differences: listDifferences(JSON.parse(JSON.stringify(left)), JSON.parse(JSON.stringify(right))),
  };
}
