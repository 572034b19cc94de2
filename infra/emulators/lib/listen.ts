import { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/**
 * Google's load balancers keep an idle connection for ten minutes, https://cloud.google.com/load-balancing/docs/https#timeout-keepalive-backends
 * With Node's five seconds, a client now and then sends a request on a connection that is being closed ("socket hang up").
 */
const KEEP_ALIVE_MS = 600_000;

/**
 * Starts to listen; HTTP servers are servers too.
 * @param port 0 lets the system choose
 * @returns the port that the server listens on
 * @throws {Error} when the port is taken
 */
export async function listen(server: Server, port = 0, host = "127.0.0.1"): Promise<number> {
  if (server instanceof HttpServer) server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Stops an HTTP server at once: requests in progress get no response. */
export function stopServer(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
