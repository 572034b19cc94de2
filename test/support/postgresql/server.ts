import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../../../infra/emulators/lib/free-port.ts";

/** Where Debian keeps the programs of each version, https://wiki.debian.org/PostgreSql */
const DEBIAN = "/usr/lib/postgresql";
const START_TIMEOUT_MS = 30_000;
/** The server refuses to run as root. This user owns no files. */
const NOBODY = 65534;

/** The folder of PostgreSQL's server programs on this machine, or the reason why it is missing. */
export function findPostgresServer(): { programs: string } | { missing: string } {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, "bin")) : [];
  const candidates = [...(process.env.PATH ?? "").split(delimiter), ...debian];
  const programs = candidates.find((dir) =>
    ["initdb", "postgres"].every((name) => existsSync(join(dir, name))),
  );
  return programs
    ? { programs }
    : { missing: "PostgreSQL's server (initdb, postgres) is not on this machine" };
}

/**
 * Starts a PostgreSQL server with an empty database of its own, on a free port of the loopback interface.
 *
 * @throws {Error} with the server's own words when it does not come up
 */
export async function startPostgresServer(programs: string): Promise<{ url: string; stop(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), "postgres-"));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, "data");
  const options = { ...user, cwd: dir, env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" } };
  execFileSync(
    join(programs, "initdb"),
    ["--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"],
    { ...options, stdio: "pipe" },
  );
  const port = await freePort();
  const child = spawn(
    join(programs, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-F",
    ],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    const exited = new Promise((resolve) => child.once("exit", resolve));
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    if (child.exitCode === null && child.kill("SIGINT")) await exited;
    rmSync(dir, { recursive: true, force: true });
  };
  const until = Date.now() + START_TIMEOUT_MS;
  while (!(await isUp(url))) {
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error(`PostgreSQL does not respond: ${said}`);
    }
    await sleep(50);
  }
  return { url, stop };
}

async function isUp(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
