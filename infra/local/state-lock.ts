import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";

/** The process that holds a state directory. */
interface LockHolder {
  pid: number;
  port: number;
  /** RFC 3339 */
  startedAt: string;
}

const LOCK_FILE = "suite.lock";
/** Directories that this process holds. A lock with this process's id that is not among them is a dead process's. */
const held = new Set<string>();

/** Thrown when another running suite holds the state directory. */
export class StateLockedError extends Error {
  override name = "StateLockedError";

  constructor(directory: string, { pid, port, startedAt }: LockHolder) {
    super(
      `${directory} is in use by process ${pid} at http://localhost:${port}, started ${startedAt}. Stop it first.`,
    );
  }
}

/**
 * Locks a state directory for this process. Takes over the lock of a process that has died.
 *
 * @param directory must exist
 * @param port of the suite
 * @returns a function that releases the lock
 * @throws {StateLockedError} naming the process that holds the directory
 */
export async function lockState(directory: string, port: number): Promise<() => Promise<void>> {
  const file = join(directory, LOCK_FILE);
  const lock: LockHolder = { pid: process.pid, port, startedAt: new Date().toISOString() };
  const holder = await readHolder(file);
  if (holder && isRunning(holder, file)) throw new StateLockedError(directory, holder);
  await rm(file, { force: true });
  try {
    await writeFile(file, JSON.stringify(lock), { flag: "wx" });
  } catch (error) {
    // Another process locked the directory since the file was read.
    const winner = (error as { code?: string }).code === "EEXIST" && (await readHolder(file));
    throw winner ? new StateLockedError(directory, winner) : error;
  }
  held.add(file);
  return async () => {
    await rm(file, { force: true });
    held.delete(file);
  };
}

/** Deletes everything in a locked state directory but its lock. */
export async function emptyState(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name !== LOCK_FILE);
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

/** @returns undefined when there is no lock, or a process died while it wrote one */
async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, startedAt }: LockHolder, file: string): boolean {
  if (pid === process.pid) return held.has(file);
  // Process ids are assigned anew after a reboot.
  const bootedAt = Date.now() - uptime() * 1000;
  if (Date.parse(startedAt) < bootedAt) return false;
  try {
    // Signal 0 only tests whether the process exists: https://nodejs.org/api/process.html#processkillpid-signal
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
