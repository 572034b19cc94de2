import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../emulators/lib/free-port.ts";
import { ProgramError, read, run } from "./run.ts";

const START_TIMEOUT_MS = 30_000;

/**
 * Migrates the database in the cloud. Its instance accepts no direct connections, so Cloud SQL's Auth Proxy forwards a local port.
 * https://cloud.google.com/sql/docs/postgres/sql-proxy
 */
export async function migrateCloud(
  database: { instance: string; name: string },
  { dryRun }: { dryRun: boolean },
) {
  const password = await read("gcloud", ["secrets", "versions", "access", "latest", "--secret=DB_PASSWORD"]);
  const port = await freePort();
  const proxy = spawn("cloud-sql-proxy", ["--port", String(port), database.instance], { stdio: "inherit" });
  const failed = new Promise<never>((_, reject) => {
    proxy.on("error", (cause) =>
      reject(
        new ProgramError("cloud-sql-proxy cannot be started; docs/setup.md says how to install it", {
          cause,
        }),
      ),
    );
    proxy.on("exit", (status) => reject(new ProgramError(`cloud-sql-proxy ended with status ${status}`)));
  });
  try {
    await Promise.race([waitForPort(port), failed]);
    const url = `postgres://ci-tooling:${encodeURIComponent(password)}@127.0.0.1:${port}/${database.name}`;
    await run("npm", ["run", "--silent", "migrate", "--", ...(dryRun ? ["--dry-run"] : [])], {
      env: { DATABASE_URL: url },
    });
  } finally {
    failed.catch(() => {});
    proxy.kill();
  }
}

async function waitForPort(port: number): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end) {
    if (await isListening(port)) return;
    await sleep(200);
  }
  throw new ProgramError(`cloud-sql-proxy was not ready within ${START_TIMEOUT_MS / 1000} seconds`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
  });
}
