import { createServer } from "node:net";
import { listen } from "./listen.ts";

/** A loopback port that is free at the moment, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
