import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../infra/emulators/lib/free-port.ts";

/** Java starts in about 2 s, and slower on a busy machine. */
const START_TIMEOUT_MS = 60_000;

/**
 * Where Google's Pub/Sub emulator is on this machine, https://cloud.google.com/pubsub/docs/emulator
 *
 * @returns the path of its program, or why there is none
 */
export function findGoogleEmulator(): { program: string } | { missing: string } {
  try {
    const root = execFileSync("gcloud", ["info", "--format=value(installation.sdk_root)"], {
      encoding: "utf8",
    }).trim();
    const program = join(root, "platform/pubsub-emulator/bin/cloud-pubsub-emulator");
    if (!existsSync(program)) return { missing: "gcloud's component pubsub-emulator is not installed" };
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return { program };
  } catch {
    return { missing: "gcloud or java is not on the PATH" };
  }
}

/**
 * Starts Google's emulator on a free port.
 *
 * @throws {Error} when it does not listen within a minute
 */
export async function startGoogleEmulator(program: string): Promise<{ host: string; stop(): Promise<void> }> {
  const port = await freePort();
  // The program is a shell script around Java: ended as a group, it leaves nothing behind.
  const child = spawn(program, ["--host=127.0.0.1", `--port=${port}`], { detached: true, stdio: "ignore" });
  const until = Date.now() + START_TIMEOUT_MS;
  while (!(await listens(port))) {
    if (Date.now() > until || child.exitCode !== null) {
      await end(child);
      throw new Error(`Google's Pub/Sub emulator does not listen on port ${port}`);
    }
    await sleep(100);
  }
  return { host: `127.0.0.1:${port}`, stop: () => end(child) };
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await exited;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
