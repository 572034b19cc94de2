import {
  type ClientRequest,
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from "node:http";
import { connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { listen } from "../emulators/lib/listen.ts";
import type { ArmedFault } from "./armed-fault.ts";
import type { Fault, Part, Step } from "./schedule.ts";
import { HeadersFrames, recognizeStatement } from "./wire.ts";

const LATE_MS = 500;

/** Between a function and a service, or between a caller and a function. */
export interface Route {
  part: Part;
  /** Of the process that `killed-before` and `killed-after` end. */
  functionName: string;
  kill(): void;
}

/** A request, as it is passed on. */
interface Target {
  route: Route;
  step: Step | undefined;
  /** Of the server that responds. */
  url: URL;
  /** Called with the status of the server's response. */
  onResponse?(status: number): void;
}

/**
 * A server that passes HTTP requests on, except where the armed fault says otherwise.
 *
 * @param resolve waits until the target is up
 */
export function createHttpProxy(
  armed: ArmedFault,
  resolve: (path: string) => Target | Promise<Target>,
): HttpServer {
  return createServer((request, response) => {
    pass(armed, resolve, request, response).catch(() => request.socket.destroy());
  });
}

async function pass(
  armed: ArmedFault,
  resolve: (path: string) => Target | Promise<Target>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const body = await readAll(request);
  const { route, step, url, onResponse } = await resolve(request.url ?? "/");
  const fault = armed.meet(route.part, step, route.functionName)?.fault;
  if (fault === "hang") return;
  if (fault === "error") return void respondUnavailable(response);
  if (fault === "killed-before") route.kill();
  if (fault === "reset" || fault === "killed-before") return void request.socket.destroy();
  const result = await forward(url, request, body);
  onResponse?.(result.status);
  if (fault === "late") await sleep(LATE_MS);
  if (fault === "killed-after") route.kill();
  if (fault === "lost" || fault === "killed-after") return void request.socket.destroy();
  response.writeHead(result.status, result.headers);
  response.end(result.body);
}

function respondUnavailable(response: ServerResponse) {
  response.writeHead(503, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { code: 503, message: "The service is unavailable" } }));
}

async function forward(url: URL, { method, headers }: IncomingMessage, body: Buffer) {
  const { "transfer-encoding": _, connection: __, ...passed } = headers;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = method === "GET" ? {} : { "content-length": body.length };
    const sent: ClientRequest = send(
      url,
      { method, headers: { ...passed, ...length }, agent: false },
      resolve,
    );
    sent.on("error", reject);
    sent.end(body);
  });
  const { "transfer-encoding": ___, connection: ____, ...received } = response.headers;
  return { status: response.statusCode ?? 502, headers: received, body: await readAll(response) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Recognizes requests and responses in the bytes of one connection. */
interface Protocol {
  requestIn(chunk: Buffer): Step | undefined;
  isResponse(chunk: Buffer): boolean;
}

/** @param stepOfCall called for each call, with the state at that time */
export function grpcCalls(stepOfCall: () => Step): Protocol {
  const [requests, responses] = [new HeadersFrames("client"), new HeadersFrames("server")];
  return {
    requestIn: (chunk) => (requests.push(chunk) ? stepOfCall() : undefined),
    isResponse: (chunk) => responses.push(chunk),
  };
}

export function postgresStatements(): Protocol {
  return { requestIn: recognizeStatement, isResponse: () => true };
}

/**
 * Starts a proxy of bytes in front of an emulator, for one function.
 *
 * @param open called for each connection
 * @returns its server, and its port
 */
export async function startTcpProxy(
  armed: ArmedFault,
  route: Route,
  targetPort: number,
  open: () => Protocol,
): Promise<[Server, number]> {
  const server = createTcpServer(
    (client) => new Connection(armed, route, client, connect(targetPort, "127.0.0.1"), open()),
  );
  return [server, await listen(server)];
}

class Connection {
  readonly #armed: ArmedFault;
  readonly #route: Route;
  readonly #sockets: [Socket, Socket];
  readonly #protocol: Protocol;
  /** The fault of a request that was passed on. */
  #fault: Fault | undefined;
  #hangs = false;
  #delivered: Promise<unknown> = Promise.resolve();

  constructor(armed: ArmedFault, route: Route, client: Socket, server: Socket, protocol: Protocol) {
    this.#armed = armed;
    this.#route = route;
    this.#sockets = [client, server];
    this.#protocol = protocol;
    client.on("data", (chunk: Buffer) => this.#onRequest(chunk));
    server.on("data", (chunk: Buffer) => this.#onResponse(chunk));
    for (const socket of this.#sockets) {
      socket.setNoDelay();
      // Either end may reset its connection, which ends the other one.
      socket.on("error", () => {});
      socket.on("close", () => this.#reset());
    }
  }

  #onRequest(chunk: Buffer) {
    const step = this.#protocol.requestIn(chunk);
    const fault = step && this.#armed.meet(this.#route.part, step, this.#route.functionName)?.fault;
    if (fault === "hang") this.#hangs = true;
    if (this.#hangs) return;
    if (fault === "killed-before") this.#route.kill();
    if (fault === "reset" || fault === "killed-before") return this.#reset();
    this.#fault ??= fault;
    this.#sockets[1].write(chunk);
  }

  #onResponse(chunk: Buffer) {
    const isResponse = this.#protocol.isResponse(chunk);
    if (this.#hangs) return;
    const fault = isResponse ? this.#fault : undefined;
    if (isResponse) this.#fault = undefined;
    if (fault === "killed-after") this.#route.kill();
    if (fault === "lost" || fault === "killed-after") return this.#reset();
    if (fault === "late") this.#delivered = this.#delivered.then(() => sleep(LATE_MS));
    this.#delivered = this.#delivered.then(() => this.#sockets[0].write(chunk));
  }

  #reset() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}
