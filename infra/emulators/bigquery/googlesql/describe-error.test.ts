import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWarehouse } from "../start.ts";

let warehouse: Awaited<ReturnType<typeof startWarehouse>>;
let bigquery: BigQuery;
beforeAll(async () => {
  warehouse = await startWarehouse();
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", `${warehouse.url}/bigquery/v2`);
  bigquery = new BigQuery({ projectId: "local", autoRetry: false });
  await bigquery.query("CREATE SCHEMA d");
  await bigquery.query("CREATE TABLE d.t (n INT64, source STRING, at TIMESTAMP)");
});
afterAll(async () => {
  await warehouse.stop();
  vi.unstubAllEnvs();
});

describe("an invalid query is described in BigQuery's words, with line and column", () => {
  it.each([
    ["SELECT sourc FROM d.t", "Unrecognized name: sourc; Did you mean source? at [1:8]"],
    ["SELECT n FROM d.t\nORDER BY zzz", "Unrecognized name: zzz at [2:10]"],
    ["SELECT\n  a.sourc FROM d.t AS a", "Name sourc not found inside a at [2:5]"],
    ["SELECT x.n FROM d.t", "Unrecognized name: x at [1:8]"],
    [
      "SELECT 'sourc', /* sourc */ sourc FROM d.t",
      "Unrecognized name: sourc; Did you mean source? at [1:29]",
    ],
    ["SELEC 1", 'Syntax error: Unexpected identifier "SELEC" at [1:1]'],
    ["SELEC", 'Syntax error: Unexpected identifier "SELEC" at [1:1]'],
    ["SELECT 1 +", "Syntax error: Unexpected end of script at [1:11]"],
    ["SELECT n FROM", "Syntax error: Unexpected end of script at [1:14]"],
    ["SELECT n FROM d.t WHERE", "Syntax error: Unexpected end of script at [1:24]"],
    ["SELECT (1", 'Syntax error: Expected ")" but got end of script at [1:10]'],
    ["SELECT 'abc", "Syntax error: Unclosed string literal at [1:8]"],
    ["SELECT FROM d.t", "Syntax error: SELECT list must not be empty at [1:8]"],
    ["SELECT 1 / 0", "division by zero: 1 / 0"],
    ["SELECT DIV(7, x) FROM (SELECT 0 AS x)", "division by zero: 7 / 0"],
    ["SELECT MOD(7, x) FROM (SELECT 0 AS x)", "division by zero: MOD(7, 0)"],
    ["SELECT FOO(n) FROM d.t", "Function not found: FOO at [1:8]"],
    [
      "SELECT n, COUNT(*) FROM d.t",
      "SELECT list expression references column n which is neither grouped nor aggregated at [1:8]",
    ],
    [
      "SELECT n + source FROM d.t",
      "No matching signature for operator + for argument types: INT64, STRING at [1:10]",
    ],
    [
      "SELECT SUM(source) FROM d.t",
      "No matching signature for function SUM for argument types: STRING at [1:8]",
    ],
    [
      "SELECT a.n FROM d.t AS a JOIN d.t AS b USING (nn)",
      "Column nn in USING clause not found on left side of join at [1:47]",
    ],
    ["SELECT CAST('x' AS INT64)", "Bad int64 value: x"],
    ["SELECT DATE('2020-13-01')", "Invalid date: '2020-13-01'"],
    ["SELECT n FROM d.missing", "Not found: Table local:d.missing was not found in location US"],
    [
      "SELECT n FROM `my-project`.d.t",
      "Access Denied: Table my-project:d.t: User does not have permission to query table my-project:d.t, or perhaps it does not exist.",
    ],
    ["SELECT n, n FROM d.t", "Duplicate column names in the result are not supported. Found duplicate(s): n"],
  ])("%s", async (sql, message) => {
    await expect(bigquery.query(sql)).rejects.toThrow(expect.objectContaining({ message }));
  });
});
