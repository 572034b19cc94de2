import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { emptyState, lockState } from "./state-lock.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "state-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const writeLock = (content: string) => writeFileSync(join(directory, "suite.lock"), content);
const lockOf = (pid: number, startedAt = new Date()) =>
  writeLock(JSON.stringify({ pid, port: 3000, startedAt: startedAt.toISOString() }));

it("a running process keeps its lock, and the error names its id and address", async () => {
  lockOf(process.ppid);
  await expect(lockState(directory, 3100)).rejects.toThrow(
    `${directory} is in use by process ${process.ppid} at http://localhost:3000`,
  );
});

it("one process locks a directory once, and again after it released it", async () => {
  const release = await lockState(directory, 3000);
  await expect(lockState(directory, 3100)).rejects.toThrow(`process ${process.pid}`);
  await release();
  expect(existsSync(join(directory, "suite.lock"))).toBe(false);
  await (await lockState(directory, 3100))();
});

it.each([
  ["a process that has died", () => lockOf(spawnSync(process.execPath, ["--version"]).pid)],
  ["a process that ran before the last boot", () => lockOf(process.ppid, new Date(0))],
  ["a dead process that had this process's id", () => lockOf(process.pid)],
  ["a process that died while it wrote the lock", () => writeLock('{"pid":')],
])("the next process takes over the lock of %s", async (_, lock) => {
  lock();
  await (await lockState(directory, 3000))();
});

it("emptying a directory keeps its lock", async () => {
  await lockState(directory, 3000);
  writeFileSync(join(directory, "warehouse.duckdb"), "");
  await emptyState(directory);
  expect(existsSync(join(directory, "warehouse.duckdb"))).toBe(false);
  await expect(lockState(directory, 3100)).rejects.toThrow("is in use");
});
