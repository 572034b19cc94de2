import { SQLDialect } from "@codemirror/lang-sql";

/** Reserved words and the most used others, https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords */
const KEYWORDS =
  "all and any array as asc assert_rows_modified at between by case cast collate contains create cross cube current default define desc distinct else end enum escape except exclude exists extract false fetch following for from full group grouping groups hash having if ignore in inner intersect interval into is join lateral left like limit lookup merge natural new no not null nulls of on or order outer over partition preceding proto qualify range recursive respect right rollup rows select set some struct tablesample then to treat true unbounded union unnest using when where window with within delete insert update values replace view table drop alter truncate matched offset ordinal pivot unpivot";

const TYPES =
  "int64 float64 numeric bignumeric bool string bytes date datetime time timestamp json geography interval struct array range";

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all */
const NAMES =
  "ABS ANY_VALUE APPROX_COUNT_DISTINCT APPROX_QUANTILES APPROX_TOP_COUNT ARRAY_AGG ARRAY_CONCAT ARRAY_LENGTH ARRAY_REVERSE ARRAY_TO_STRING AVG BIT_AND BIT_OR BYTE_LENGTH CEIL CHAR_LENGTH COALESCE CONCAT CORR COUNT COUNTIF CUME_DIST CURRENT_DATE CURRENT_DATETIME CURRENT_TIME CURRENT_TIMESTAMP DATE DATETIME DATETIME_ADD DATETIME_DIFF DATETIME_SUB DATETIME_TRUNC DATE_ADD DATE_DIFF DATE_FROM_UNIX_DATE DATE_SUB DATE_TRUNC DENSE_RANK DIV ENDS_WITH ERROR EXP FARM_FINGERPRINT FIRST_VALUE FLOOR FORMAT FORMAT_DATE FORMAT_DATETIME FORMAT_TIMESTAMP FROM_BASE64 FROM_HEX GENERATE_ARRAY GENERATE_DATE_ARRAY GENERATE_TIMESTAMP_ARRAY GENERATE_UUID GREATEST IEEE_DIVIDE IFNULL INITCAP INSTR IS_INF IS_NAN JSON_EXTRACT_ARRAY JSON_QUERY JSON_QUERY_ARRAY JSON_TYPE JSON_VALUE JSON_VALUE_ARRAY LAG LAST_DAY LAST_VALUE LAX_BOOL LAX_INT64 LAX_STRING LEAD LEAST LEFT LENGTH LN LOG LOGICAL_AND LOGICAL_OR LOG10 LOWER LPAD LTRIM MAX MAX_BY MD5 MIN MIN_BY MOD NORMALIZE NTH_VALUE NTILE NULLIF OCTET_LENGTH PARSE_DATE PARSE_DATETIME PARSE_JSON PARSE_TIMESTAMP PERCENTILE_CONT PERCENTILE_DISC PERCENT_RANK POW RAND RANK REGEXP_CONTAINS REGEXP_EXTRACT REGEXP_EXTRACT_ALL REGEXP_REPLACE REPEAT REPLACE REVERSE RIGHT ROUND ROW_NUMBER RPAD RTRIM SAFE_ADD SAFE_CAST SAFE_DIVIDE SAFE_MULTIPLY SAFE_NEGATE SAFE_SUBTRACT SHA1 SHA256 SHA512 SIGN SPLIT SQRT STARTS_WITH STDDEV STDDEV_POP STDDEV_SAMP STRING STRING_AGG STRPOS SUBSTR SUBSTRING SUM TIME TIMESTAMP TIMESTAMP_ADD TIMESTAMP_DIFF TIMESTAMP_MICROS TIMESTAMP_MILLIS TIMESTAMP_SECONDS TIMESTAMP_SUB TIMESTAMP_TRUNC TO_BASE64 TO_HEX TO_JSON TO_JSON_STRING TRIM TRUNC UNIX_DATE UNIX_MICROS UNIX_MILLIS UNIX_SECONDS UPPER VARIANCE VAR_POP VAR_SAMP";

/** GoogleSQL, as CodeMirror highlights and completes it. */
export const googleSql = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  hashComments: true,
  slashComments: false,
  doubleQuotedStrings: true,
  backslashEscapes: true,
  identifierQuotes: "`",
  operatorChars: "*+-%<>!=&|~^/",
});

/** Completions of GoogleSQL's functions. */
export const FUNCTIONS = NAMES.split(" ").map((name) => ({
  label: name,
  type: "function",
  apply: `${name}(`,
}));
