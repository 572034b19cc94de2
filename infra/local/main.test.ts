import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const npmStart = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args]);

it("npm start -- --help shows the flags and starts nothing", async () => {
  const { stdout } = await npmStart("--help");
  expect(stdout).toMatch(/^Usage: npm start/);
  expect(stdout).toContain("--fresh");
});

it.each([
  ["--frehs", "Unknown option '--frehs'. --help lists the options.\n"],
  ["fresh", "Unexpected argument 'fresh'. --help lists the options.\n"],
])("npm start -- %s is refused in one line", async (argument, line) => {
  await expect(npmStart(argument)).rejects.toMatchObject({ code: 2, stderr: line });
});
