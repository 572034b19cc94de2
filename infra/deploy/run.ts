import { execFile, spawn } from "node:child_process";

/** Thrown when a program ended with another status than 0, or is not there. */
export class ProgramError extends Error {
  override name = "ProgramError";
}

export interface RunOptions {
  cwd?: string;
  /** Given to the program on its standard input: what must not be seen in a list of processes. */
  input?: string;
  env?: Record<string, string>;
}

/** Runs a program whose output the user sees. @throws {ProgramError} */
export function run(program: string, args: string[], { cwd, input, env }: RunOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const stdin = input === undefined ? "inherit" : "pipe";
    const child = spawn(program, args, {
      stdio: [stdin, "inherit", "inherit"],
      env: { ...process.env, ...env },
      ...(cwd !== undefined && { cwd }),
    });
    child.stdin?.end(input);
    child.on("error", (cause) => reject(notThere(program, cause)));
    child.on("close", (status) =>
      status === 0
        ? resolve()
        : reject(new ProgramError(`${program} ${args[0]} ended with status ${status}`)),
    );
  });
}

/** What a program prints. @throws {ProgramError} with what it said of the failure */
export function read(program: string, args: string[], { cwd }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { ...(cwd !== undefined && { cwd }), maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout.trim());
      if (error.code === "ENOENT") return reject(notThere(program, error));
      reject(new ProgramError(`${program} ${args.slice(0, 2).join(" ")}: ${stderr.trim()}`));
    });
    // Nobody answers what it asks: it must not wait.
    child.stdin?.end();
  });
}

function notThere(program: string, cause: Error): ProgramError {
  return new ProgramError(`${program} cannot be started; docs/setup.md says what has to be installed`, {
    cause,
  });
}
