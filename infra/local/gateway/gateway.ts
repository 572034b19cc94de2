import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { captureLog, findLastError, type LoggedLine } from "./capture-log.ts";
import { captureResponseBody } from "./capture-response-body.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import { describePayload } from "./describe-payload.ts";
import { runWithEvent } from "./event-context.ts";
import type { PushRecord } from "./log-entries.ts";

/** The Functions Framework adds the bytes of the body. */
type FrameworkRequest = IncomingMessage & { rawBody?: Buffer };

/** Recorded as the error of a push without a response. */
const NOT_IN_TIME = "The function did not respond before the acknowledgement deadline";

interface PushBody {
  message?: { messageId?: string; data?: string; attributes?: Record<string, string> };
  subscription?: string;
  deliveryAttempt?: number;
}

/** What a function did with a request. */
interface Handled {
  durationMs: number;
  log: LoggedLine[];
  responseBody: string;
}

/**
 * Serves every function at `/<name>`, each through a Functions Framework server, the same code path as deployed, and records
 * deliveries and pushes in the delivery log.
 */
export class Gateway {
  readonly #servers = new Map<string, Server>();
  readonly #functions: Map<string, FunctionFolder>;
  readonly #deliveryLog: DeliveryLog;
  readonly #maxDeliveryAttempts: number;
  readonly #attempts = new Map<string, number>();
  #inFlight = 0;

  /** @param functions whose modules are imported already: importing registers them with the Functions Framework */
  constructor(functions: FunctionFolder[], deliveryLog: DeliveryLog, maxDeliveryAttempts: number) {
    this.#functions = new Map(functions.map((folder) => [folder.name, folder]));
    for (const { name } of functions) this.#servers.set(name, getTestServer(name));
    this.#deliveryLog = deliveryLog;
    this.#maxDeliveryAttempts = maxDeliveryAttempts;
  }

  /** Requests without a complete response. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** @returns false when no function has the path */
  handle(request: FrameworkRequest, response: ServerResponse): boolean {
    const [, name = "", rest = ""] = /^\/([^/?]*)(.*)$/.exec(request.url ?? "") ?? [];
    const server = this.#servers.get(name);
    const folder = this.#functions.get(name);
    if (!server || !folder) return false;
    const responseBody = captureResponseBody(response);
    request.url = rest.startsWith("/") ? rest : `/${rest}`;
    this.#inFlight++;
    const startedAt = performance.now();
    // "close" is emitted in a later tick, when every listener is registered.
    let push: PushBody | undefined;
    const readPush = () => (push ??= parsePush(request.rawBody));
    const logged = captureLog(() =>
      runWithEvent(
        () => readEventId(readPush()),
        () => server.emit("request", request, response),
      ),
    );
    response.once("close", () => {
      this.#inFlight--;
      const finished = response.writableFinished;
      const durationMs = Math.round(performance.now() - startedAt);
      const handled = { durationMs, log: logged(), responseBody: responseBody() };
      if (!("http" in folder.manifest.trigger))
        this.#recordPush(name, readPush(), finished ? response.statusCode : null, handled);
      else if (finished) this.#recordDelivery(name, request, response, handled);
    });
    return true;
  }

  #recordDelivery(
    source: string,
    request: FrameworkRequest,
    response: ServerResponse,
    { durationMs, log, responseBody }: Handled,
  ) {
    const eventId = response.getHeader("x-event-id");
    this.#deliveryLog.addDelivery({
      at: new Date().toISOString(),
      durationMs,
      source,
      method: request.method ?? "",
      headers: Object.fromEntries(pairHeaders(request.rawHeaders)),
      body: request.rawBody ?? Buffer.alloc(0),
      status: response.statusCode,
      eventId: typeof eventId === "string" ? eventId : null,
      response: responseBody,
      log,
    });
  }

  /** @param status null when Pub/Sub cancelled the push at its deadline */
  #recordPush(name: string, body: PushBody, status: number | null, handled: Handled) {
    const { message, subscription } = body;
    const { durationMs, log, responseBody } = handled;
    if (!message?.messageId || !subscription) return;
    const attempt =
      body.deliveryAttempt ?? this.#countAttempt(`${subscription} ${message.messageId}`, status);
    const eventId = readEventId(body) ?? "";
    this.#recordEvent(eventId, message.data);
    this.#deliveryLog.addPush({
      at: new Date().toISOString(),
      durationMs,
      subscription: subscription.split("/").at(-1) ?? subscription,
      function: name,
      messageId: message.messageId,
      eventId,
      attributes: message.attributes ?? {},
      attempt,
      ...this.#outcome(status, attempt, findLastError(log) ?? responseBody),
      log,
    });
  }

  #recordEvent(eventId: string, data = "") {
    // Every further push has the same event, whose payload may have 25 MB.
    if (this.#deliveryLog.hasEvent(eventId)) return;
    const { payload, ...event } = parsePush(Buffer.from(data, "base64")) as Record<string, unknown>;
    if (eventId !== "" && Object.keys(event).length > 0)
      this.#deliveryLog.addEvent(eventId, event, describePayload(payload));
  }

  /** Google's emulator sends no deliveryAttempt. */
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

function readEventId({ message }: PushBody): string | undefined {
  return message?.attributes?.["ce-id"];
}

function isAcknowledged(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function parsePush(body: Buffer | undefined): PushBody {
  try {
    return JSON.parse(body?.toString("utf8") ?? "") as PushBody;
  } catch {
    return {};
  }
}

function* pairHeaders(rawHeaders: string[]): Iterable<[string, string]> {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    yield [(rawHeaders[i] ?? "").toLowerCase(), rawHeaders[i + 1] ?? ""];
}
