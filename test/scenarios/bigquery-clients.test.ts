import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const hasBq = (process.env.PATH ?? "").split(delimiter).some((dir) => existsSync(join(dir, "bq")));
if (!hasBq) console.warn("Google's bq is not asked: it is not on the PATH");

const sql =
  "SELECT source, event, source_id, start_timestamp FROM `product_eng.development_metrics_deduplicated` ORDER BY event";

let suite: TestSuite;
beforeAll(async () => {
  suite = await startTestSuite();
  for (const name of ["deploy-queued", "deploy-started"])
    await suite.send("freight", fixture(`freight/${name}`));
  await suite.local.idle();
});
afterAll(() => suite.stop());

describe("Google's own clients, unmodified, read the rows with", () => {
  it("@google-cloud/bigquery", async () => {
    const [rows] = await new BigQuery({ projectId: "local" }).query(sql);
    expect(rows).toEqual([
      { source: "freight", event: "deploy_queued", source_id: 13, start_timestamp: null },
      {
        source: "freight",
        event: "deploy_started",
        source_id: 13,
        start_timestamp: expect.objectContaining({ value: "2026-11-02T17:04:13.018Z" }),
      },
    ]);
  });

  it.skipIf(!hasBq)("bq", { timeout: 60_000 }, async () => {
    const api = suite.services.warehouse?.current.url ?? "";
    const flags = [
      "--api",
      api,
      "--project_id",
      "local",
      "--oauth_access_token=local",
      "--format=json",
      "--quiet",
    ];
    const { stdout } = await promisify(execFile)("bq", [...flags, "query", "--use_legacy_sql=false", sql]);
    expect(JSON.parse(stdout)).toMatchObject([
      { source: "freight", event: "deploy_queued", source_id: "13" },
      { source: "freight", event: "deploy_started", source_id: "13", start_timestamp: "2026-11-02 17:04:13" },
    ]);
  });
});
