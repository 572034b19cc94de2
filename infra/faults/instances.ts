import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { buildFunction } from "../build/build-function.ts";
import { freePort } from "../emulators/lib/free-port.ts";
import type { FunctionFolder } from "../manifests/read-functions.ts";

const START_MS = 60_000;

/** The package whose command-line program Google's buildpack starts. */
const framework = dirname(
  dirname(dirname(createRequire(import.meta.url).resolve("@google-cloud/functions-framework"))),
);

/** Builds every function as it is deployed, each in a folder of `dir` that is named after it. */
export async function buildAll(functions: FunctionFolder[], dir: string) {
  await mkdir(join(dir, "node_modules/@google-cloud"), { recursive: true });
  // The functions find the framework in the folder above theirs, and the framework its dependencies behind the link.
  await symlink(framework, join(dir, "node_modules/@google-cloud/functions-framework"));
  for (const folder of functions) await buildFunction(folder, pathToFileURL(`${join(dir, folder.name)}/`));
}

/** One function as Cloud Run runs it: a process of its own, which is replaced when it ends. */
export class Instance {
  readonly name: string;
  readonly port: number;
  readonly #log: string;
  #cwd: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();
  #stopped = false;
  #responded = false;

  private constructor(name: string, port: number, cwd: string, env: Record<string, string>) {
    this.name = name;
    this.port = port;
    this.#cwd = cwd;
    this.#log = `${cwd}.log`;
    this.#env = env;
  }

  /**
   * Starts a built function.
   *
   * @param dir of `buildAll`; `<name>.log` in it gets the output of all processes
   * @param env variables of this function: endpoints of its own proxies, and those that it does not inherit
   */
  static async start(name: string, dir: string, env: Record<string, string>): Promise<Instance> {
    const instance = new Instance(name, await freePort(), join(dir, name), env);
    instance.#spawn();
    await instance.ready();
    return instance;
  }

  /** Waits while a process starts, as Cloud Run holds requests back. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Whether the present process has responded to a request without an error. By then it has read the secrets that verify a delivery. */
  get isWarm(): boolean {
    return this.#responded;
  }

  onResponse(status: number) {
    if (status < 500) this.#responded = true;
  }

  /** Ends the process as the kernel does when memory is short. The next one starts at once. */
  kill() {
    const child = this.#child;
    if (!child?.kill("SIGKILL")) return;
    // The listener of `#spawn` comes first: by then, the next process is starting.
    this.#ready = once(child, "exit").then(() => this.#ready);
    this.#ready.catch(() => {});
  }

  /** Ends the process, and starts one of another build. @param dir of the built function */
  deploy(dir: string) {
    this.#cwd = dir;
    this.kill();
  }

  /** Folder of the build that the present process runs. */
  get dir(): string {
    return this.#cwd;
  }

  stop() {
    this.#stopped = true;
    this.#child?.kill("SIGKILL");
  }

  #spawn() {
    const log = openSync(this.#log, "a");
    const child = spawn(process.execPath, [join(framework, "build/src/main.js")], {
      cwd: this.#cwd,
      env: {
        ...process.env,
        ...this.#env,
        NODE_OPTIONS: "",
        NODE_ENV: "production",
        LOG_LEVEL: "WARNING",
        FUNCTION_TARGET: this.name,
        PORT: String(this.port),
      },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#child = child;
    this.#responded = false;
    // A process that ends by itself is replaced too.
    child.once("exit", () => {
      if (!this.#stopped) this.#spawn();
    });
    this.#ready = this.#waitForPort(child);
    // Whoever waits for it gets the error.
    this.#ready.catch(() => {});
  }

  async #waitForPort(child: ChildProcess) {
    const until = Date.now() + START_MS;
    while (!(await isListening(this.port))) {
      if (Date.now() > until)
        throw new Error(`${this.name} did not start within ${START_MS} ms (process ${child.pid})`);
      await sleep(25);
    }
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
