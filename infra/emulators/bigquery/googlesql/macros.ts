/** `[parameters, body]` of a DuckDB macro. */
type Overload = [parameters: string, body: string];

/** Days from the start of a week of this unit to the next Monday, on which DuckDB's weeks start. */
const DAYS_TO_MONDAY = `CASE unit WHEN 'WEEK' THEN 1 WHEN 'WEEK(SUNDAY)' THEN 1 WHEN 'WEEK(SATURDAY)' THEN 2
  WHEN 'WEEK(FRIDAY)' THEN 3 WHEN 'WEEK(THURSDAY)' THEN 4 WHEN 'WEEK(WEDNESDAY)' THEN 5 WHEN 'WEEK(TUESDAY)' THEN 6
  ELSE 0 END`;

const UNIT_MICROS = `CASE unit WHEN 'MICROSECOND' THEN 1 WHEN 'MILLISECOND' THEN 1000 WHEN 'SECOND' THEN 1000000
  WHEN 'MINUTE' THEN 60000000 WHEN 'HOUR' THEN 3600000000 WHEN 'DAY' THEN 86400000000 END`;

const DUCKDB_UNIT = `CASE WHEN starts_with(unit, 'WEEK') OR unit = 'ISOWEEK' THEN 'week' ELSE lower(unit) END`;

const cast = (x: string, type: string) => `CAST(${x} AS ${type})`;
const inZone = (x: string) => `(${x} AT TIME ZONE zone)`;
/** @param x a DuckDB TIMESTAMP */
const truncate = (x: string) =>
  `(date_trunc(${DUCKDB_UNIT}, ${x} + to_days(${DAYS_TO_MONDAY})) - to_days(${DAYS_TO_MONDAY}))`;

/** Number of the unit's boundaries between two days. */
const BOUNDARIES = `CASE WHEN ${DUCKDB_UNIT} = 'week'
  THEN date_diff('day', ${truncate(cast("earlier", "TIMESTAMP"))}, ${truncate(cast("later", "TIMESTAMP"))}) // 7
  ELSE date_diff(${DUCKDB_UNIT}, ${cast("earlier", "TIMESTAMP")}, ${cast("later", "TIMESTAMP")}) END`;

/**
 * A division by zero is an error, and NULL in DuckDB. A failing cast raises it, because TRY, as which SAFE. is translated, allows no call
 * of error().
 */
const refuseZero = (message: string, type: string, result: string) =>
  `CASE WHEN y = 0 THEN CAST('division by zero: ' || ${message} AS ${type}) ELSE ${result} END`;

const format = (x: string) => `strftime(${x}, format)`;
// The format is in a list because DuckDB requires a single format to be a literal when the macro is defined.
const PARSED = "strptime(input, [format])";

/** A scalar without its quotes; NULL for an object, an array or null. It parses the document once, of which a payload has much. */
const jsonScalar = (path: string) => `json_extract_string(json_value(document, ${path}), '$')`;
const JSON_ROOT_STRING = `CASE WHEN json_type(x::JSON) = 'NULL' THEN NULL ELSE json_extract_string(x::JSON, '$') END`;

const JSON_VALUE: Overload[] = [
  ["document", jsonScalar("'$'")],
  ["document, path", jsonScalar("path")],
];
const JSON_QUERY: Overload[] = [
  ["document", "json_extract(document, '$')"],
  ["document, path", "json_extract(document, path)"],
];
const JSON_ARRAY: Overload[] = [
  ["document", "json_extract(document, '$[*]')"],
  ["document, path", "json_extract(document, path || '[*]')"],
];
const JSON_STRINGS: Overload[] = [
  ["document", "json_extract_string(document, '$[*]')"],
  ["document, path", "json_extract_string(document, path || '[*]')"],
];

/**
 * DuckDB macros for the GoogleSQL functions that have no DuckDB function of the same meaning, by GoogleSQL function name.
 * `toDuckDb` prefixes the calls with `gsql_`.
 * A timestamp is an instant (TIMESTAMPTZ, session time zone UTC); a week starts on Sunday by default.
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions
 */
export const GOOGLE_SQL_MACROS: Readonly<Record<string, readonly Overload[]>> = {
  APPROX_QUANTILES: [
    ["x, buckets", "quantile_disc(x, list_transform(range(0, buckets + 1), lambda i: i / buckets))"],
  ],
  ARRAY_LENGTH: [["items", "len(items)"]],
  ARRAY_REVERSE: [["items", "list_reverse(items)"]],
  CONTAINS_SUBSTR: [["text, part", "contains(lower(CAST(text AS VARCHAR)), lower(part))"]],
  CURRENT_DATE: [
    ["", "CAST(now() AS DATE)"],
    ["zone", cast(inZone("now()"), "DATE")],
  ],
  CURRENT_DATETIME: [
    ["", "CAST(now() AS TIMESTAMP)"],
    ["zone", inZone("now()")],
  ],
  CURRENT_TIMESTAMP: [["", "now()"]],
  DATE: [
    ["x", "CAST(x AS DATE)"],
    ["x, zone", cast(inZone(cast("x", "TIMESTAMPTZ")), "DATE")],
    ["y, m, d", "make_date(y, m, d)"],
  ],
  DATETIME: [
    ["x", "CAST(x AS TIMESTAMP)"],
    ["x, zone", inZone(cast("x", "TIMESTAMPTZ"))],
    ["y, mo, d, h, mi, s", "make_timestamp(y, mo, d, h, mi, s)"],
  ],
  TIMESTAMP: [
    ["x", "CAST(x AS TIMESTAMPTZ)"],
    ["x, zone", inZone(cast("x", "TIMESTAMP"))],
  ],
  DATE_ADD: [["x, span", "CAST(CAST(x AS TIMESTAMP) + span AS DATE)"]],
  DATE_SUB: [["x, span", "CAST(CAST(x AS TIMESTAMP) - span AS DATE)"]],
  DATETIME_ADD: [["x, span", "(CAST(x AS TIMESTAMP) + span)"]],
  DATETIME_SUB: [["x, span", "(CAST(x AS TIMESTAMP) - span)"]],
  TIMESTAMP_ADD: [["x, span", "(CAST(x AS TIMESTAMPTZ) + span)"]],
  TIMESTAMP_SUB: [["x, span", "(CAST(x AS TIMESTAMPTZ) - span)"]],
  DATE_DIFF: [["later, earlier, unit", BOUNDARIES]],
  DATETIME_DIFF: [["later, earlier, unit", BOUNDARIES]],
  // Counts whole units that passed, not calendar boundaries.
  TIMESTAMP_DIFF: [
    [
      "later, earlier, unit",
      `((epoch_us(CAST(later AS TIMESTAMPTZ)) - epoch_us(CAST(earlier AS TIMESTAMPTZ))) // ${UNIT_MICROS})`,
    ],
  ],
  DATE_TRUNC: [["x, unit", cast(truncate(cast("x", "TIMESTAMP")), "DATE")]],
  DATETIME_TRUNC: [["x, unit", truncate(cast("x", "TIMESTAMP"))]],
  TIMESTAMP_TRUNC: [
    ["x, unit", cast(truncate(cast("x", "TIMESTAMP")), "TIMESTAMPTZ")],
    ["x, unit, zone", inZone(truncate(inZone("x")))],
  ],
  LAST_DAY: [["x", "last_day(x)"]],
  FORMAT_DATE: [["format, x", format("x")]],
  FORMAT_DATETIME: [["format, x", format("x")]],
  FORMAT_TIMESTAMP: [
    ["format, x", format("x")],
    ["format, x, zone", format(inZone("x"))],
  ],
  PARSE_DATE: [["format, input", cast(PARSED, "DATE")]],
  PARSE_DATETIME: [["format, input", cast(PARSED, "TIMESTAMP")]],
  PARSE_TIMESTAMP: [
    ["format, input", cast(PARSED, "TIMESTAMPTZ")],
    ["format, input, zone", inZone(cast(PARSED, "TIMESTAMP"))],
  ],
  UNIX_SECONDS: [["x", "(epoch_us(x) // 1000000)"]],
  UNIX_MILLIS: [["x", "epoch_ms(x)"]],
  UNIX_MICROS: [["x", "epoch_us(x)"]],
  UNIX_DATE: [["x", "CAST(date_diff('day', DATE '1970-01-01', x) AS BIGINT)"]],
  TIMESTAMP_SECONDS: [["x", "CAST(make_timestamp(CAST(x AS BIGINT) * 1000000) AS TIMESTAMPTZ)"]],
  TIMESTAMP_MILLIS: [["x", "CAST(make_timestamp(CAST(x AS BIGINT) * 1000) AS TIMESTAMPTZ)"]],
  TIMESTAMP_MICROS: [["x", "CAST(make_timestamp(CAST(x AS BIGINT)) AS TIMESTAMPTZ)"]],
  GENERATE_ARRAY: [
    ["low, high", "generate_series(CAST(low AS BIGINT), CAST(high AS BIGINT))"],
    ["low, high, step", "generate_series(CAST(low AS BIGINT), CAST(high AS BIGINT), CAST(step AS BIGINT))"],
  ],
  GENERATE_DATE_ARRAY: [
    [
      "low, high",
      "CAST(generate_series(CAST(low AS TIMESTAMP), CAST(high AS TIMESTAMP), to_days(1)) AS DATE[])",
    ],
    [
      "low, high, step",
      "CAST(generate_series(CAST(low AS TIMESTAMP), CAST(high AS TIMESTAMP), step) AS DATE[])",
    ],
  ],
  GENERATE_TIMESTAMP_ARRAY: [
    ["low, high, step", "generate_series(CAST(low AS TIMESTAMPTZ), CAST(high AS TIMESTAMPTZ), step)"],
  ],
  // Truncates towards zero, NUMERIC too: https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#div
  DIV: [["x, y", refuseZero("x || ' / ' || y", "BIGINT", "(x - x % y) // y")]],
  MOD: [["x, y", refuseZero("'MOD(' || x || ', ' || y || ')'", "BIGINT", "x % y")]],
  QUOTIENT: [["x, y", refuseZero("x || ' / ' || y", "DOUBLE", "x / y")]],
  JSON_VALUE,
  JSON_EXTRACT_SCALAR: JSON_VALUE,
  JSON_QUERY,
  JSON_EXTRACT: JSON_QUERY,
  JSON_QUERY_ARRAY: JSON_ARRAY,
  JSON_EXTRACT_ARRAY: JSON_ARRAY,
  JSON_VALUE_ARRAY: JSON_STRINGS,
  JSON_EXTRACT_STRING_ARRAY: JSON_STRINGS,
  JSON_TYPE: [
    [
      "document",
      `CASE json_type(document) WHEN 'VARCHAR' THEN 'string' WHEN 'UBIGINT' THEN 'number' WHEN 'BIGINT' THEN 'number'
        WHEN 'DOUBLE' THEN 'number' ELSE lower(json_type(document)) END`,
    ],
  ],
  JSON_AT: [["document, item", "json_extract(document, '$[' || item || ']')"]],
  PARSE_JSON: [["text", "json(text)"]],
  TO_JSON: [["x", "to_json(x)"]],
  TO_JSON_STRING: [["x", "CAST(to_json(x) AS VARCHAR)"]],
  INT64: [["x", `CAST(${JSON_ROOT_STRING} AS BIGINT)`]],
  FLOAT64: [["x", `CAST(${JSON_ROOT_STRING} AS DOUBLE)`]],
  BOOL: [["x", `CAST(${JSON_ROOT_STRING} AS BOOLEAN)`]],
  LAX_INT64: [["x", `TRY_CAST(${JSON_ROOT_STRING} AS BIGINT)`]],
  LAX_FLOAT64: [["x", `TRY_CAST(${JSON_ROOT_STRING} AS DOUBLE)`]],
  LAX_BOOL: [["x", `TRY_CAST(${JSON_ROOT_STRING} AS BOOLEAN)`]],
  LAX_STRING: [["x", JSON_ROOT_STRING]],
  STRING: [
    [
      "x",
      `CASE WHEN typeof(x) = 'JSON' THEN json_extract_string(TRY_CAST(CAST(x AS VARCHAR) AS JSON), '$')
        ELSE CAST(x AS VARCHAR) END`,
    ],
    ["x, zone", "strftime(x AT TIME ZONE zone, '%Y-%m-%d %H:%M:%S.%f')"],
  ],
  REGEXP_CONTAINS: [["text, pattern", "regexp_matches(text, pattern)"]],
  REGEXP_REPLACE: [["text, pattern, replacement", "regexp_replace(text, pattern, replacement, 'g')"]],
  // No match is NULL here and '' in DuckDB. rewrite-expression.ts chooses the variant with a capture group.
  REGEXP_EXTRACT: [
    ["text, pattern", "CASE WHEN regexp_matches(text, pattern) THEN regexp_extract(text, pattern) END"],
  ],
  REGEXP_EXTRACT_GROUP: [
    ["text, pattern", "CASE WHEN regexp_matches(text, pattern) THEN regexp_extract(text, pattern, 1) END"],
  ],
  REGEXP_EXTRACT_ALL: [["text, pattern", "regexp_extract_all(text, pattern)"]],
  REGEXP_EXTRACT_ALL_GROUP: [["text, pattern", "regexp_extract_all(text, pattern, 1)"]],
  SPLIT: [
    ["text", "string_split(text, ',')"],
    ["text, separator", "string_split(text, separator)"],
  ],
  FORMAT: [
    ["format", "printf(format)"],
    ["format, a", "printf(format, a)"],
    ["format, a, b", "printf(format, a, b)"],
    ["format, a, b, c", "printf(format, a, b, c)"],
    ["format, a, b, c, d", "printf(format, a, b, c, d)"],
  ],
  FIRST_ITEMS: [["items, amount", "list_slice(items, 1, amount)"]],
  EXTRACT_PART: [["unit, x", "CAST(date_part(unit, x) AS BIGINT)"]],
  EXTRACT_DATE: [["x", "CAST(x AS DATE)"]],
  EXTRACT_TIME: [["x", "CAST(x AS TIME)"]],
  EXTRACT_DATETIME: [["x", "CAST(x AS TIMESTAMP)"]],
  EXTRACT_DAYOFWEEK: [["x", "(CAST(date_part('dow', x) AS BIGINT) + 1)"]],
  EXTRACT_WEEK: [["x", "CAST(strftime(x, '%U') AS BIGINT)"]],
  EXTRACT_MONDAY_WEEK: [["x", "CAST(strftime(x, '%W') AS BIGINT)"]],
  EXTRACT_FRACTION: [
    [
      "unit, x",
      "(CAST(date_part(unit, x) AS BIGINT) % CASE unit WHEN 'millisecond' THEN 1000 ELSE 1000000 END)",
    ],
  ],
  LOCAL: [["x, zone", inZone(cast("x", "TIMESTAMPTZ"))]],
};

/**
 * @param now the present, which does not move; the clock's if undefined
 * @returns `CREATE OR REPLACE MACRO` statements that define the functions in the current DuckDB schema
 */
export function buildMacroStatements(now?: Date): string[] {
  const present = now ? `TIMESTAMPTZ '${now.toISOString()}'` : "now()";
  return Object.entries(GOOGLE_SQL_MACROS).map(([name, overloads]) => {
    const bodies = overloads.map(
      ([parameters, body]) => `(${parameters}) AS ${body.replaceAll("now()", present)}`,
    );
    return `CREATE OR REPLACE MACRO gsql_${name.toLowerCase()} ${bodies.join(", ")}`;
  });
}
