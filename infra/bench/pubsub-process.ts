import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A running `pubsub-sink.ts`. */
export interface PubsubProcess {
  /** For PUBSUB_EMULATOR_HOST. */
  address: string;
  /** Ends it. @returns what it received */
  stop(): Promise<{ messages: number; requests: number }>;
}

/** Starts a Pub/Sub that confirms at once, as a process: its CPU is not the bench's. */
export async function startPubsubSink(): Promise<PubsubProcess> {
  const program = fileURLToPath(new URL("pubsub-sink.ts", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("The sink has no output");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const readLine = async () => String((await lines.next()).value);
  const port = await readLine();
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const counts = JSON.parse(await readLine());
      await ended;
      return counts;
    },
  };
}
