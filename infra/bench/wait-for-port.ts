import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a program on this machine accepts connections. @throws {Error} after 30 s */
export async function waitForPort(port: number): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (await canConnect(port)) return;
    await sleep(5);
  }
  throw new Error(`Nothing listens on port ${port}`);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
