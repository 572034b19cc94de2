import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWarehouse, type Warehouse } from "../start.ts";

const bqIsInstalled = spawnSync("bq", ["version"]).status === 0;

let warehouse: Warehouse;
let home: string;

beforeAll(async () => {
  warehouse = await startWarehouse();
  home = await mkdtemp(join(tmpdir(), "bq-"));
});

afterAll(async () => {
  await warehouse.stop();
  await rm(home, { recursive: true });
});

/** Runs bq without an account. The emulator accepts any access token. */
async function bq(...args: string[]): Promise<string> {
  const env = { ...process.env, HOME: home, CLOUDSDK_CONFIG: join(home, "gcloud") };
  const server = [
    "--api",
    warehouse.url,
    "--project_id",
    "local",
    "--oauth_access_token=local",
    "--format=json",
  ];
  return (await promisify(execFile)("bq", [...server, ...args], { env })).stdout;
}

describe.skipIf(!bqIsInstalled)("Google's command-line client", () => {
  it("queries the emulator", async () => {
    await bq("mk", "eng");
    await bq("query", "--use_legacy_sql=false", "CREATE TABLE eng.t AS SELECT 1 AS n, 'a' AS s");
    const rows = await bq(
      "query",
      "--use_legacy_sql=false",
      "--parameter=n:INT64:1",
      "SELECT * FROM eng.t WHERE n = @n",
    );
    expect(JSON.parse(rows)).toEqual([{ n: "1", s: "a" }]);
    expect(JSON.parse(await bq("ls", "eng"))).toMatchObject([{ tableReference: { tableId: "t" } }]);
  });

  it("prints the error of a query", async () => {
    const failure = bq("query", "--use_legacy_sql=false", "SELECT * FROM eng.nope");
    await expect(failure).rejects.toMatchObject({
      stdout: expect.stringMatching(/Not\s+found:\s+Table\s+local:eng\.nope/),
    });
  });
});
