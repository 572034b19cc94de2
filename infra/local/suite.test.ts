import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyPrepared } from "../../test/support/test-suite.ts";
import { LocalSuite } from "./client.ts";
import { type Suite, startSuite } from "./suite.ts";

let dataDir: string;
let suite: Suite;
beforeEach(async () => {
  process.env.LOG_LEVEL ??= "CRITICAL";
  dataDir = mkdtempSync(join(tmpdir(), "suite-"));
  copyPrepared(dataDir);
  suite = await startSuite({ port: 0, dataDir });
});
afterEach(async () => {
  await suite.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it("a second suite in the same directory is refused, and does not empty it", async () => {
  const local = new LocalSuite(suite.url);
  await local.query(
    "INSERT INTO product_eng.asset_sizes (event_id, received_at) VALUES ('kept', CURRENT_TIMESTAMP())",
    { allowChanges: true },
  );
  const port = new URL(suite.url).port;
  await expect(startSuite({ port: 0, dataDir, fresh: true })).rejects.toThrow(
    `${dataDir} is in use by process ${process.pid} at http://localhost:${port}`,
  );
  expect(await local.query("SELECT event_id FROM product_eng.asset_sizes")).toEqual([{ event_id: "kept" }]);
});
