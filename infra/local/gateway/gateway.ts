import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { captureLoggedError } from "./capture-logged-error.ts";
import { captureResponseBody } from "./capture-response-body.ts";
import type { DeliveryLog, PushRecord } from "./delivery-log.ts";
import { runWithEvent } from "./event-context.ts";

/** The bytes that the Functions Framework keeps on the request. */
type Handled = IncomingMessage & { rawBody?: Buffer };

/** What is written down of a push that got no answer. */
const NOT_IN_TIME = "The function did not answer before the acknowledgement deadline";

interface PushBody {
  message?: { messageId?: string; data?: string; attributes?: Record<string, string> };
  subscription?: string;
  deliveryAttempt?: number;
}

/**
 * Serves every function at `/<name>`, each through its own server of the Functions Framework, the same code path as deployed,
 * and writes down what passes.
 */
export class Gateway {
  readonly #servers = new Map<string, Server>();
  readonly #functions: Map<string, FunctionFolder>;
  readonly #deliveryLog: DeliveryLog;
  readonly #maxDeliveryAttempts: number;
  readonly #attempts = new Map<string, number>();
  #underWay = 0;

  /** The functions' modules must have been imported: importing registers them. */
  constructor(functions: FunctionFolder[], deliveryLog: DeliveryLog, maxDeliveryAttempts: number) {
    this.#functions = new Map(functions.map((folder) => [folder.name, folder]));
    for (const { name } of functions) this.#servers.set(name, getTestServer(name));
    this.#deliveryLog = deliveryLog;
    this.#maxDeliveryAttempts = maxDeliveryAttempts;
  }

  /** Requests that are being answered. */
  get inFlight(): number {
    return this.#underWay;
  }

  /** @returns false when the path belongs to no function */
  handle(request: Handled, response: ServerResponse): boolean {
    const [, name = "", rest = ""] = /^\/([^/?]*)(.*)$/.exec(request.url ?? "") ?? [];
    const server = this.#servers.get(name);
    const folder = this.#functions.get(name);
    if (!server || !folder) return false;
    const answer = captureResponseBody(response);
    this.#underWay++;
    response.once("close", () => {
      this.#underWay--;
      const finished = response.writableFinished;
      if (!("http" in folder.manifest.trigger))
        this.#recordPush(name, request, finished ? response.statusCode : null, loggedError() ?? answer());
      else if (finished) this.#recordDelivery(name, request, response, answer());
    });
    request.url = rest.startsWith("/") ? rest : `/${rest}`;
    const loggedError = captureLoggedError(() =>
      runWithEvent(
        () => eventIdOf(parse(request.rawBody)),
        () => server.emit("request", request, response),
      ),
    );
    return true;
  }

  #recordDelivery(source: string, request: Handled, response: ServerResponse, answer: string) {
    const eventId = response.getHeader("x-event-id");
    this.#deliveryLog.addDelivery({
      at: new Date().toISOString(),
      source,
      method: request.method ?? "",
      headers: Object.fromEntries(pairs(request.rawHeaders)),
      body: (request.rawBody ?? Buffer.alloc(0)).toString("base64"),
      status: response.statusCode,
      eventId: typeof eventId === "string" ? eventId : null,
      answer,
    });
  }

  /** @param status null when Pub/Sub broke the push off, because its deadline had passed */
  #recordPush(name: string, request: Handled, status: number | null, reason: string) {
    const body = parse(request.rawBody);
    const { message, subscription } = body;
    if (!message?.messageId || !subscription) return;
    const attempt =
      body.deliveryAttempt ?? this.#countAttempt(`${subscription} ${message.messageId}`, status);
    const eventId = eventIdOf(body) ?? "";
    this.#recordEvent(eventId, message.data);
    this.#deliveryLog.addPush({
      at: new Date().toISOString(),
      subscription: subscription.split("/").at(-1) ?? subscription,
      function: name,
      messageId: message.messageId,
      eventId,
      attributes: message.attributes ?? {},
      attempt,
      ...this.#outcome(status, attempt, reason),
    });
  }

  #recordEvent(eventId: string, data = "") {
    const { payload: _, ...event } = parse(Buffer.from(data, "base64")) as Record<string, unknown>;
    if (eventId !== "" && Object.keys(event).length > 0) this.#deliveryLog.addEvent(eventId, event);
  }

  /** Google's emulator does not say which attempt a push is. */
  #countAttempt(push: string, status: number | null): number {
    const attempt = (this.#attempts.get(push) ?? 0) + 1;
    if (isAcknowledged(status) || attempt >= this.#maxDeliveryAttempts) this.#attempts.delete(push);
    else this.#attempts.set(push, attempt);
    return attempt;
  }

  #outcome(status: number | null, attempt: number, reason: string): Pick<PushRecord, "outcome" | "error"> {
    if (isAcknowledged(status)) return { outcome: "acknowledged" };
    const outcome = attempt >= this.#maxDeliveryAttempts ? "dead-lettered" : "retrying";
    return {
      outcome,
      error: status === null ? NOT_IN_TIME : `${status} ${reason.slice(0, 500)}`,
    };
  }
}

function eventIdOf({ message }: PushBody): string | undefined {
  return message?.attributes?.["ce-id"];
}

function isAcknowledged(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function parse(body: Buffer | undefined): PushBody {
  try {
    return JSON.parse(body?.toString("utf8") ?? "") as PushBody;
  } catch {
    return {};
  }
}

function* pairs(rawHeaders: string[]): Iterable<[string, string]> {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    yield [(rawHeaders[i] ?? "").toLowerCase(), rawHeaders[i + 1] ?? ""];
}
