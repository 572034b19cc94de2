import { createServer, type RequestListener, type Server } from "node:http";
import { listen } from "../emulators/lib/listen.ts";

/** A push of Pub/Sub: see the push endpoints of provision-pubsub.ts. */
const PUSH_PATH = /^\/[^/]+\/projects\//;

/** The suite's HTTP server. It listens before the suite has started. */
export interface SuiteServer {
  port: number;
  /** Hands every request from now on to a listener, and the pushes that arrived so far. */
  serve(listener: RequestListener): void;
  stop(): Promise<void>;
}

/**
 * Listens on a port. Until `serve` is called, senders and people get 503, and pushes of Pub/Sub wait: a refused push would count
 * as one of its attempts.
 *
 * @param port 0 lets the system choose
 * @throws {Error} with code EADDRINUSE when the port is taken
 */
export async function startSuiteServer(port: number): Promise<SuiteServer> {
  const waiting: Parameters<RequestListener>[] = [];
  let handle: RequestListener = (request, response) => {
    if (PUSH_PATH.test(request.url ?? "")) waiting.push([request, response]);
    else refuse(request, response);
  };
  const server = createServer((request, response) => handle(request, response));
  return {
    port: await listen(server, port),
    serve(listener) {
      handle = listener;
      // Pub/Sub sends an aborted push again: its deadline passed, or provisioning changed its endpoint.
      for (const [request, response] of waiting.splice(0))
        if (!response.destroyed && !request.destroyed && !request.socket.destroyed)
          listener(request, response);
    },
    stop: () => close(server),
  };
}

const refuse: RequestListener = (request, response) => {
  request.resume();
  response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
  response.end(JSON.stringify({ error: "The suite is starting" }));
};

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
