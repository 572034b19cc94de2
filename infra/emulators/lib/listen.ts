import type { AddressInfo, Server } from "node:net";

/**
 * Starts to listen; HTTP servers are servers too.
 * @param port 0 lets the system choose
 * @returns the port that the server listens on
 * @throws {Error} when the port is taken
 */
export async function listen(server: Server, port = 0, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
