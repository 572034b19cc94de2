import { execFile, spawn } from "node:child_process";

/** Thrown if a program is not installed or ends with a status other than 0. */
export class ProgramError extends Error {
  override name = "ProgramError";
}

export interface RunOptions {
  cwd?: string;
  /** Written to the program's stdin. Secrets go here: every user of the machine can list the arguments of processes. */
  input?: string;
  env?: Record<string, string>;
}

/** Runs a program with this process's stdout and stderr. @throws {ProgramError} */
export function run(program: string, args: string[], { cwd, input, env }: RunOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const stdin = input === undefined ? "inherit" : "pipe";
    const child = spawn(program, args, {
      stdio: [stdin, "inherit", "inherit"],
      env: { ...process.env, ...env },
      ...(cwd !== undefined && { cwd }),
    });
    child.stdin?.end(input);
    child.on("error", (cause) => reject(notInstalled(program, cause)));
    child.on("close", (status) =>
      status === 0
        ? resolve()
        : reject(new ProgramError(`${program} ${args[0]} ended with status ${status}`)),
    );
  });
}

/** Runs a program and returns its trimmed stdout. @throws {ProgramError} with its stderr */
export function read(program: string, args: string[], { cwd }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { ...(cwd !== undefined && { cwd }), maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout.trim());
      if (error.code === "ENOENT") return reject(notInstalled(program, error));
      reject(new ProgramError(`${program} ${args.slice(0, 2).join(" ")}: ${stderr.trim()}`));
    });
    // A program that asks a question must not wait for an answer.
    child.stdin?.end();
  });
}

function notInstalled(program: string, cause: Error): ProgramError {
  return new ProgramError(`${program} cannot be started; docs/setup.md lists the programs to install`, {
    cause,
  });
}
