import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Linux counts a process's CPU in ticks of 10 ms: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, `getconf CLK_TCK` */
const MICROSECONDS_PER_TICK = 10_000;

/** Program that Google's buildpack starts; package.json exports only the library. */
const framework = join(
  dirname(createRequire(import.meta.url).resolve("@google-cloud/functions-framework")),
  "main.js",
);

interface Measured {
  /** As the tables name it. */
  name: string;
  /** Of the process; the bench's own variables by default. */
  env?: Record<string, string>;
  /** Path of Node's program; the bench's own by default. */
  node?: string;
}

/** A function to start: its source file or folder, and the name under which it is registered. */
export interface FunctionTarget extends Measured {
  source: string;
  function: string;
}

/** A program with a server of its own, which listens on `PORT`. */
interface ProgramTarget extends Measured {
  program: string;
}

export type Target = FunctionTarget | ProgramTarget;

/** Starts a function as Google's buildpack does, or a program. End it with `kill`. */
export function startTarget(target: Target, port: number, env: Record<string, string>): ChildProcess {
  const isProgram = "program" in target;
  return spawn(target.node ?? process.execPath, [isProgram ? target.program : framework], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      ...(!isProgram && { FUNCTION_SOURCE: target.source, FUNCTION_TARGET: target.function }),
      PORT: String(port),
      GOOGLE_CLOUD_PROJECT: "local",
      // Google's clients look for a metadata server first, which is quick in the cloud and slow here.
      METADATA_SERVER_DETECTION: "none",
      ...env,
      ...target.env,
    },
    // Functions log to standard output. What ends a process early is written to standard error.
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** CPU time of a process and all its threads so far, in microseconds. Linux only. */
export function readCpu({ pid }: ChildProcess): number {
  // The second field is the program's name in parentheses, which may contain spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}

/** Largest resident memory of a process so far, in MB. Linux only. */
export function readPeakMemory({ pid }: ChildProcess): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** Waits until a process has ended, after SIGKILL. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
