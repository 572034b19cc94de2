import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWarehouse, type Warehouse } from "../start.ts";
import { GoogleSqlError, toDuckDb } from "./to-duckdb.ts";

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await startWarehouse();
  await warehouse.query("CREATE SCHEMA d");
  await warehouse.query(
    "CREATE TABLE d.t (n INT64, s STRING, ts TIMESTAMP, payload JSON, arr ARRAY<INT64>) PARTITION BY DATE(ts) CLUSTER BY n",
  );
  await warehouse.query(`INSERT INTO d.t (n, s, ts, payload, arr) VALUES
    (1, 'a', TIMESTAMP '2024-03-05 06:07:08.123456+00', JSON '{"a":{"b":"q"},"l":[{"name":"bug"},{"name":"x"}]}', [1, 2, 3]),
    (2, 'b', TIMESTAMP '2024-03-06 06:07:08', JSON '{"a":{"b":null}}', []),
    (3, NULL, TIMESTAMP '2024-03-16 23:07:08+00', JSON '{"n":5}', NULL)`);
});

afterAll(() => warehouse.stop());

/** Runs a query and returns its rows as lists of values. */
async function queryRows(sql: string): Promise<unknown[][]> {
  return (await warehouse.query(sql)).map((row) => Object.values(row));
}

describe("table names", () => {
  it.each([
    "SELECT COUNT(*) FROM d.t",
    "SELECT COUNT(*) FROM `d.t`",
    "SELECT COUNT(*) FROM `local.d.t`",
    "SELECT COUNT(*) FROM local.d.t",
    "SELECT COUNT(*) FROM `local`.`d`.`t`",
    "WITH t AS (SELECT n FROM `d.t`) SELECT COUNT(*) FROM t",
    "SELECT COUNT(*) FROM (SELECT t.n FROM d.t) AS x -- FROM nowhere?",
  ])("%s", async (sql) => {
    expect(await queryRows(sql)).toEqual([[3]]);
  });
});

const ONE = "FROM d.t WHERE n = 1";

describe("an expression over one row", () => {
  it.each<[sql: string, value: unknown]>([
    ["TIMESTAMP_TRUNC(ts, DAY)", "2024-03-05T00:00:00.000000Z"],
    ["TIMESTAMP_TRUNC(ts, HOUR, 'UTC')", "2024-03-05T06:00:00.000000Z"],
    ["TIMESTAMP_TRUNC(ts, WEEK)", "2024-03-03T00:00:00.000000Z"],
    ["TIMESTAMP_TRUNC(ts, WEEK(MONDAY))", "2024-03-04T00:00:00.000000Z"],
    ["TIMESTAMP_TRUNC(ts, DAY, 'America/Los_Angeles')", "2024-03-04T08:00:00.000000Z"],
    ["DATE_TRUNC(DATE(ts), MONTH)", "2024-03-01"],
    ["DATE_TRUNC(DATE(ts), WEEK(WEDNESDAY))", "2024-02-28"],
    ["TIMESTAMP_DIFF(TIMESTAMP '2024-01-01 02:00:00', TIMESTAMP '2024-01-01 00:30:00+00', HOUR)", 1],
    ["TIMESTAMP_DIFF(ts, TIMESTAMP_ADD(ts, INTERVAL 90 SECOND), MINUTE)", -1],
    ["DATE_DIFF(DATE '2024-03-01', DATE '2024-02-01', DAY)", 29],
    ["DATE_DIFF(DATE '2024-03-10', DATE '2024-03-09', WEEK)", 1],
    ["DATE_DIFF(DATE '2024-03-10', DATE '2024-03-09', WEEK(MONDAY))", 0],
    ["TIMESTAMP_SUB(ts, INTERVAL 1 DAY)", "2024-03-04T06:07:08.123456Z"],
    ["TIMESTAMP_ADD(ts, INTERVAL n * 2 HOUR)", "2024-03-05T08:07:08.123456Z"],
    ["DATE_SUB(DATE '2024-03-31', INTERVAL 1 MONTH)", "2024-02-29"],
    ["DATE_ADD('2024-03-01', INTERVAL 7 DAY)", "2024-03-08"],
    ["DATE(ts)", "2024-03-05"],
    ["DATE(ts, 'America/Los_Angeles')", "2024-03-04"],
    ["DATETIME(ts, 'America/Los_Angeles')", "2024-03-04T22:07:08.123456"],
    ["EXTRACT(DATE FROM ts)", "2024-03-05"],
    ["EXTRACT(DATE FROM ts AT TIME ZONE 'America/Los_Angeles')", "2024-03-04"],
    ["EXTRACT(HOUR FROM ts)", 6],
    ["EXTRACT(DAYOFWEEK FROM ts)", 3],
    ["EXTRACT(ISOWEEK FROM ts)", 10],
    ["EXTRACT(MICROSECOND FROM ts)", 123456],
    ["FORMAT_TIMESTAMP('%Y-%m-%d %H:%M', ts)", "2024-03-05 06:07"],
    ["FORMAT_TIMESTAMP('%F %T', ts, 'America/Los_Angeles')", "2024-03-04 22:07:08"],
    ["FORMAT_DATE('%b %Y', DATE(ts))", "Mar 2024"],
    ["PARSE_DATE('%Y%m%d', '20240305')", "2024-03-05"],
    ["PARSE_TIMESTAMP('%F %T', '2024-03-05 01:02:03')", "2024-03-05T01:02:03.000000Z"],
    ["SAFE.PARSE_TIMESTAMP('%Y', 'never')", null],
    ["TIMESTAMP('2024-01-01 00:00:00', 'America/Los_Angeles')", "2024-01-01T08:00:00.000000Z"],
    ["UNIX_SECONDS(ts)", 1709618828],
    ["TIMESTAMP_MILLIS(UNIX_MILLIS(ts))", "2024-03-05T06:07:08.123000Z"],
    ["CURRENT_TIMESTAMP() > ts AND CURRENT_DATE() > DATE '2024-01-01'", true],
    ["TIMESTAMP '2024-01-01' + INTERVAL 1 HOUR", "2024-01-01T01:00:00.000000Z"],
    ["CAST('2024-01-01 00:00:00+02' AS TIMESTAMP)", "2023-12-31T22:00:00.000000Z"],
    ["CAST(1.5 AS NUMERIC)", 1.5],
    ["SAFE_CAST('x' AS INT64)", null],
    ["2147483647 + 1", 2147483648],
    ["SAFE_DIVIDE(6, 4)", 1.5],
    ["DIV(7, 2)", 3],
    ["DIV(-7, 2)", -3],
    ["DIV(n - 8, -2)", 3],
    ["DIV(CAST(-7.5 AS NUMERIC), 2)", -3],
    ["DIV(NULL, 2)", null],
    ["MOD(-7, 3)", -1],
    ["SAFE.DIV(n, 0)", null],
    ["7 / (n * 2)", 3.5],
    ["1 / n + 6 / 3 / 2", 2],
    ["SAFE_DIVIDE(6, 0)", null],
    ["IF(n > 1, 'many', IFNULL(NULL, 'one'))", "one"],
    ["n IN UNNEST([1, 2])", true],
    ["JSON_VALUE(payload, '$.a.b')", "q"],
    ["JSON_VALUE(payload, '$.a')", null],
    [`JSON_VALUE(JSON '{"x": null}', '$.x')`, null],
    [`JSON_VALUE(JSON '{"x": "a \\\\"b\\\\" \\\\u00e9"}', '$.x')`, 'a "b" é'],
    [`JSON_VALUE(JSON '{"x": "12"}', '$.x')`, "12"],
    [`JSON_VALUE(JSON '{"x": 9007199254740993}', '$.x')`, "9007199254740993"],
    [`JSON_VALUE(JSON '"text"')`, "text"],
    ["JSON_QUERY(payload, '$.a')", { b: "q" }],
    ["JSON_EXTRACT_SCALAR(TO_JSON_STRING(payload), '$.l[1].name')", "x"],
    ["payload.a.b", "q"],
    ["payload.l[0].name", "bug"],
    ["STRING(payload.a.b)", "q"],
    ["INT64(PARSE_JSON('{\"x\": 7}').x)", 7],
    ["TO_JSON_STRING(STRUCT(n, s AS z))", '{"n":1,"z":"a"}'],
    ["ARRAY_LENGTH(JSON_QUERY_ARRAY(payload, '$.l'))", 2],
    ["SPLIT('a,b,c')[OFFSET(1)]", "b"],
    ["SPLIT('a/b', '/')[SAFE_OFFSET(5)]", null],
    ["arr[OFFSET(2)] + arr[ORDINAL(1)]", 4],
    ["STRUCT(1 AS a, 'x' AS b)", { a: 1, b: "x" }],
    ["ARRAY(SELECT AS STRUCT n, s FROM d.t WHERE n = 1)", [{ n: 1, s: "a" }]],
    ["REGEXP_CONTAINS('abc123', r'\\d+')", true],
    ["REGEXP_EXTRACT('abc123', r'c(\\d)')", "1"],
    ["REGEXP_EXTRACT('abc', r'\\d')", null],
    ["REGEXP_REPLACE('a1b2', r'(\\d)', r'<\\1>')", "a<1>b<2>"],
    ["STARTS_WITH(s, 'a') AND NOT STARTS_WITH(s, 'b')", true],
    ["CONCAT(s, '-', 'z')", "a-z"],
    ["FORMAT('%d %s', n, s)", "1 a"],
    ["'it\\'s ? \\\\ -- \"x\"'", 'it\'s ? \\ -- "x"'],
  ])("%s", async (sql, value) => {
    expect(await queryRows(`SELECT ${sql} AS value ${ONE}`)).toEqual([[value]]);
  });
});

describe("a query", () => {
  it.each<[sql: string, rows: unknown[][]]>([
    [
      "SELECT COUNTIF(n > 1), LOGICAL_OR(n > 2), MAX_BY(s, n), MIN_BY(s, n) FROM d.t WHERE s IS NOT NULL",
      [[1, false, "b", "a"]],
    ],
    ["SELECT COUNTIF(s = 'z') OVER (PARTITION BY n) FROM d.t WHERE s IS NULL", [[0]]],
    ["SELECT COUNTIF(s = 'z') FROM d.t WHERE s IS NULL", [[0]]],
    ["SELECT COUNTIF(n > 0) FROM d.t WHERE FALSE", [[0]]],
    ["SELECT APPROX_QUANTILES(n, 100)[OFFSET(90)], APPROX_QUANTILES(n, 2) FROM d.t", [[3, [1, 2, 3]]]],
    ["SELECT DISTINCT PERCENTILE_CONT(n, 0.5) OVER () FROM d.t", [[2]]],
    [
      "SELECT n FROM d.t QUALIFY ROW_NUMBER() OVER (PARTITION BY s IS NULL ORDER BY ts DESC) = 1 ORDER BY n",
      [[2], [3]],
    ],
    ["SELECT ARRAY_AGG(s IGNORE NULLS ORDER BY n DESC LIMIT 1) FROM d.t", [[["b"]]]],
    ["SELECT ARRAY_AGG(STRUCT(n, s) ORDER BY n LIMIT 1)[OFFSET(0)].s FROM d.t", [["a"]]],
    // NULL is the smallest value, https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#order_by_clause
    ["SELECT ARRAY_AGG(n ORDER BY s DESC) FROM d.t", [[[2, 1, 3]]]],
    ["SELECT ARRAY_AGG(n ORDER BY s) FROM d.t", [[[3, 1, 2]]]],
    ["SELECT STRING_AGG(CAST(n AS STRING), '' ORDER BY s DESC) FROM d.t", [["213"]]],
    ["SELECT STRING_AGG(CAST(n AS STRING), '' ORDER BY s) FROM d.t", [["312"]]],
    ["SELECT ARRAY_AGG(n IGNORE NULLS ORDER BY s DESC) FROM d.t", [[[2, 1, 3]]]],
    ["SELECT ARRAY_AGG(n IGNORE NULLS ORDER BY s DESC LIMIT 2) FROM d.t", [[[2, 1]]]],
    ["SELECT ARRAY_AGG(n IGNORE NULLS ORDER BY s NULLS LAST) FROM d.t", [[[1, 2, 3]]]],
    ["SELECT STRING_AGG(CAST(n AS STRING), '' ORDER BY s NULLS LAST) FROM d.t", [["123"]]],
    ["SELECT STRING_AGG(CAST(n AS STRING), '' ORDER BY s LIMIT 2) FROM d.t", [["31"]]],
    ["SELECT STRING_AGG(CAST(n AS STRING), '' ORDER BY s DESC LIMIT 2) FROM d.t", [["21"]]],
    ["SELECT ARRAY_AGG(n ORDER BY s DESC LIMIT 1)[OFFSET(0)] FROM d.t", [[2]]],
    ["SELECT ARRAY_AGG(n ORDER BY s LIMIT 1)[OFFSET(0)] FROM d.t", [[3]]],
    ["SELECT ARRAY_AGG(n ORDER BY s DESC NULLS FIRST LIMIT 1)[OFFSET(0)] FROM d.t", [[3]]],
    [
      "SELECT ARRAY_AGG(s IGNORE NULLS ORDER BY n DESC LIMIT 1)[SAFE_OFFSET(0)] FROM d.t WHERE n = 3",
      [[null]],
    ],
    ["SELECT ARRAY_LENGTH(ARRAY_AGG(s IGNORE NULLS ORDER BY n DESC LIMIT 1)) FROM d.t WHERE n > 1", [[1]]],
    ["SELECT ARRAY_AGG(n ORDER BY s LIMIT 1) IS NULL FROM d.t WHERE n > 3", [[true]]],
    [
      "SELECT n, ARRAY_AGG(s ORDER BY ts LIMIT 1) FROM d.t WHERE n < 3 GROUP BY n ORDER BY n",
      [
        [1, ["a"]],
        [2, ["b"]],
      ],
    ],
    ["SELECT ARRAY_AGG(DISTINCT s IGNORE NULLS ORDER BY s LIMIT 1) FROM d.t", [[["a"]]]],
    ["SELECT n FROM d.t ORDER BY s DESC", [[2], [1], [3]]],
    ["SELECT n FROM d.t ORDER BY s", [[3], [1], [2]]],
    [
      "SELECT n, ROW_NUMBER() OVER (ORDER BY s DESC) FROM d.t ORDER BY n",
      [
        [1, 2],
        [2, 1],
        [3, 3],
      ],
    ],
    [
      "SELECT STRING_AGG(s, ', ' ORDER BY n DESC), STRING_AGG(s, '|' ORDER BY n LIMIT 1) FROM d.t",
      [["b, a", "a"]],
    ],
    [
      "SELECT n, a, o FROM d.t, UNNEST(arr) AS a WITH OFFSET AS o WHERE a > 1 ORDER BY o",
      [
        [1, 2, 1],
        [1, 3, 2],
      ],
    ],
    [
      "SELECT n, a FROM d.t LEFT JOIN UNNEST(arr) AS a WHERE n > 1 ORDER BY n",
      [
        [2, null],
        [3, null],
      ],
    ],
    ["SELECT a FROM d.t t, t.arr AS a ORDER BY a", [[1], [2], [3]]],
    [
      "SELECT JSON_VALUE(l, '$.name') FROM d.t, UNNEST(JSON_QUERY_ARRAY(payload, '$.l')) AS l ORDER BY 1",
      [["bug"], ["x"]],
    ],
    ["SELECT x.a FROM UNNEST([STRUCT(1 AS a), STRUCT(2 AS a)]) AS x", [[1], [2]]],
    [
      "SELECT day, n FROM UNNEST(GENERATE_DATE_ARRAY('2024-03-05', '2024-03-07', INTERVAL 1 DAY)) AS day LEFT JOIN d.t ON DATE(t.ts) = day ORDER BY day",
      [
        ["2024-03-05", 1],
        ["2024-03-06", 2],
        ["2024-03-07", null],
      ],
    ],
    [
      "WITH a AS (SELECT n, s FROM d.t) SELECT * EXCEPT (s) REPLACE (n + 1 AS n) FROM a ORDER BY n",
      [[2], [3], [4]],
    ],
    [
      "SELECT s, COUNT(*) FROM d.t GROUP BY s HAVING COUNT(*) > 0 ORDER BY s",
      [
        [null, 1],
        ["a", 1],
        ["b", 1],
      ],
    ],
    ["SELECT n FROM d.t WHERE ts >= TIMESTAMP('2024-03-06') UNION DISTINCT SELECT 3 ORDER BY n", [[2], [3]]],
    [
      "SELECT table_name, table_type FROM d.INFORMATION_SCHEMA.TABLES WHERE table_name = 't'",
      [["t", "BASE TABLE"]],
    ],
    [
      "SELECT column_name, data_type FROM `local.d.INFORMATION_SCHEMA.COLUMNS` WHERE table_name = 't' AND ordinal_position > 3 ORDER BY ordinal_position",
      [
        ["payload", "JSON"],
        ["arr", "ARRAY<INT64>"],
      ],
    ],
  ])("%s", async (sql, rows) => {
    expect(await queryRows(sql)).toEqual(rows);
  });
});

it("INSERT, UPDATE, MERGE and DELETE change rows", async () => {
  await warehouse.query(
    "CREATE OR REPLACE TABLE d.u (a INT64 NOT NULL OPTIONS (description = 'a (b)'), b NUMERIC)",
  );
  await warehouse.query("INSERT INTO d.u (a, b) VALUES (1, 1.5), (2, 2)");
  await warehouse.query("UPDATE d.u SET b = 9 WHERE a = 1");
  await warehouse.query(
    "MERGE d.u USING (SELECT 3 AS a) s ON u.a = s.a WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, 0)",
  );
  await warehouse.query("DELETE FROM d.u WHERE a = 2");
  expect(await queryRows("SELECT a, b FROM d.u ORDER BY a")).toEqual([
    [1, 9],
    [3, 0],
  ]);
});

describe("MERGE", () => {
  it("translates its source, conditions and values, and columns that are named like keywords", async () => {
    await warehouse.query(
      "CREATE OR REPLACE TABLE d.m (k INT64, type STRING, time TIMESTAMP, commit STRING)",
    );
    await warehouse.query("INSERT INTO d.m VALUES (1, 'old', TIMESTAMP '2024-01-01 00:00:00', 'a')");
    const merge = `MERGE d.m AS fact
      USING (
        SELECT n AS k, SAFE_CAST('x' AS INT64) IS NULL AS is_null, ts AS time,
          COALESCE(JSON_VALUE(payload, '$.a.b'), 'none') AS type
        FROM d.t WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY n ORDER BY ts DESC) = 1
      ) AS received
      ON fact.k = received.k AND fact.time < TIMESTAMP '2030-01-01T00:00:00.000Z'
      WHEN MATCHED AND SAFE_DIVIDE(received.k, 1) = 1 AND received.time > fact.time THEN UPDATE SET
        type = received.type, time = received.time, commit = IF(received.is_null, 'updated', SAFE_CAST(1 AS STRING))
      WHEN MATCHED THEN UPDATE SET commit = 'unchanged'
      WHEN NOT MATCHED THEN INSERT (k, type, time, commit)
        VALUES (received.k, received.type, received.time, FORMAT_TIMESTAMP('%F', received.time))`;
    await warehouse.query(merge);
    const rows = [
      [1, "q", "updated"],
      [2, "none", "2024-03-06"],
      [3, "none", "2024-03-16"],
    ];
    expect(await queryRows("SELECT k, type, commit FROM d.m ORDER BY k")).toEqual(rows);
    await warehouse.query(merge);
    expect(await queryRows("SELECT DISTINCT commit FROM d.m")).toEqual([["unchanged"]]);
  });

  it("inserts whole rows, and deletes rows that the source lacks", async () => {
    await warehouse.query("CREATE OR REPLACE TABLE d.m (k INT64, v INT64)");
    await warehouse.query("INSERT INTO d.m VALUES (1, 1), (2, 2)");
    await warehouse.query(`MERGE d.m USING (SELECT 5 AS v, 3 AS k UNION ALL SELECT 6 AS v, 2 AS k) AS s ON m.k = s.k
      WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT ROW WHEN NOT MATCHED BY SOURCE THEN DELETE`);
    expect(await queryRows("SELECT k, v FROM d.m ORDER BY k")).toEqual([
      [2, 6],
      [3, 5],
    ]);
  });

  it("is refused if two rows of the source match a row", async () => {
    await warehouse.query("CREATE OR REPLACE TABLE d.m (k INT64, v INT64)");
    await warehouse.query("INSERT INTO d.m VALUES (1, 1)");
    const merge =
      "MERGE d.m USING (SELECT 1 AS k, v FROM UNNEST([5, 6]) AS v) AS s ON m.k = s.k WHEN MATCHED THEN UPDATE SET v = s.v";
    await expect(warehouse.query(merge)).rejects.toThrow(
      "UPDATE/MERGE must match at most one source row for each target row",
    );
    expect(await queryRows("SELECT v FROM d.m")).toEqual([[1]]);
  });

  it("inserts rows of the source that are equal into an empty table", async () => {
    await warehouse.query("CREATE OR REPLACE TABLE d.m (k INT64, v INT64)");
    await warehouse.query(
      `MERGE d.m USING (SELECT 1 AS k, v FROM UNNEST([5, 6]) AS v) AS s ON m.k = s.k
       WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, s.v)`,
    );
    expect(await queryRows("SELECT v FROM d.m ORDER BY v")).toEqual([[5], [6]]);
  });
});

it("a statement that is repeated with other times has its own times", async () => {
  const rows = (from: string) => queryRows(`SELECT n FROM d.t WHERE ts >= TIMESTAMP '${from}' ORDER BY n`);
  expect(await rows("2024-03-06T00:00:00.000Z")).toEqual([[2], [3]]);
  expect(await rows("2024-03-10T00:00:00Z")).toEqual([[3]]);
});

it("CREATE VIEW creates a view and keeps its GoogleSQL", async () => {
  await warehouse.query(
    "CREATE OR REPLACE VIEW d.v AS SELECT JSON_VALUE(payload, '$.a.b') AS b FROM d.t WHERE n = 1",
  );
  expect(await warehouse.query("SELECT * FROM d.v")).toEqual([{ b: "q" }]);
  expect(await queryRows("SELECT view_definition FROM d.INFORMATION_SCHEMA.VIEWS")).toEqual([
    ["SELECT JSON_VALUE(payload, '$.a.b') AS b FROM d.t WHERE n = 1"],
  ]);
});

it("a named parameter may contain quotes, comments and placeholders", async () => {
  const tricky = 'it\'s \\ "x" \n -- `?` @n';
  expect(await warehouse.query("SELECT @s AS s, @n + 1 AS n, '@s' AS text", { s: tricky, n: 1 })).toEqual([
    { s: tricky, n: 2, text: "@s" },
  ]);
});

it("the error names the text or the parameter that is wrong", () => {
  expect(() => toDuckDb("SELEC 1 FRM")).toThrow(GoogleSqlError);
  expect(() => toDuckDb("SELECT @missing")).toThrow("Query parameter 'missing' not found");
});
