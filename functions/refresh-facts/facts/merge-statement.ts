import { type Fact, factColumns } from "./define-fact.ts";

/** A span of time, `until` not included. RFC 3339, UTC. */
export interface Span {
  from: string;
  until: string;
}

/** After every receipt. */
const END = "2100-01-01T00:00:00.000Z";
const DAY_MS = 24 * 60 * 60_000;

/** A GoogleSQL condition that a TIMESTAMP is in one of the spans. BigQuery prunes partitions by it, because it is constant. */
export function isWithin(column: string, spans: Span[]): string {
  const conditions = spans.map(
    ({ from, until }) => `(${column} >= TIMESTAMP '${from}' AND ${column} < TIMESTAMP '${until}')`,
  );
  return conditions.length === 0 ? "FALSE" : `(${conditions.join(" OR ")})`;
}

/** BigQuery charges a query for at least 10 MB of each table. The emulator cannot translate a longer one. */
const FACTS_PER_QUERY = 4;

/**
 * Queries for the days (UTC) of the rows that a refresh changes: columns `fact` and `day`, NULL for a fact without a partition. A fact without
 * a row has nothing to merge.
 *
 * @param received spans of the raw rows' receipt
 */
export function changedDaysQueries(facts: Fact[], received: Span[]): string[] {
  const queries = facts.map((fact) => {
    const day = fact.partition ? `TIMESTAMP_TRUNC(${fact.partition.column}, DAY)` : "CAST(NULL AS TIMESTAMP)";
    return `SELECT DISTINCT '${fact.table}' AS fact, ${day} AS day
FROM (
${fact.select((column) => isWithin(column, received))}
)
WHERE ${isIdentified(fact)}`;
  });
  return Array.from({ length: Math.ceil(queries.length / FACTS_PER_QUERY) }, (_, index) =>
    queries.slice(index * FACTS_PER_QUERY, (index + 1) * FACTS_PER_QUERY).join("\nUNION ALL\n"),
  );
}

/**
 * MERGE that brings a fact table up to date with raw rows. It changes the same rows however often it runs.
 *
 * @param received spans of the raw rows' receipt
 * @param days of the partitions that change, in milliseconds since 1970: rows of other days are left out, because the statement does not look
 *   for their facts
 * @see https://cloud.google.com/bigquery/docs/using-dml-with-partitioned-tables#pruning_partitions_when_using_a_merge_statement
 */
export function mergeStatement(fact: Fact, received: Span[], days: number[] = []): string {
  const { partition } = fact;
  const isSearched = partition && isWithin(`fact.${partition.column}`, toSpans(days, partition.spreadDays));
  return `MERGE ${fact.table} AS fact
USING (
${receivedFacts(fact, received, partition && isWithin(partition.column, toSpans(days, 0)))}
) AS received
ON ${[...equalKeys(fact), ...(isSearched ? [isSearched] : [])].join("\n  AND ")}
${updates(fact)}${insert(fact)}`;
}

/**
 * MERGE that replaces all rows of a fact table by what all raw rows say. Queries see either the old rows or the new ones.
 * @param payloadsSince events that were received since then have a payload; RFC 3339
 */
export function rebuildStatement(fact: Fact, payloadsSince: string): string {
  const { payloadTime } = fact;
  const values = factColumns(fact)
    .filter((column) => !fact.key.includes(column))
    .map((column) => `${column} = received.${column}`);
  // A day more: a sender's clock may be behind.
  const isReplaced = payloadTime
    ? ` AND fact.${payloadTime} >= TIMESTAMP_ADD(TIMESTAMP '${payloadsSince}', INTERVAL 1 DAY)`
    : "";
  const update =
    values.length > 0 ? `WHEN MATCHED${isReplaced} THEN UPDATE SET\n  ${values.join(",\n  ")}\n` : "";
  const received = payloadTime ? [{ from: payloadsSince, until: END }] : undefined;
  return `MERGE ${fact.table} AS fact
USING (
${receivedFacts(fact, received)}
) AS received
ON ${equalKeys(fact).join("\n  AND ")}
${update}${insert(fact)}
WHEN NOT MATCHED BY SOURCE${isReplaced} THEN DELETE`;
}

/**
 * Query for a row per key, without the columns of `fact.derive`.
 * @param received undefined for all raw rows
 * @param condition on the rows that `fact.select` selects
 */
export function receivedFacts(fact: Fact, received?: Span[], condition?: string): string {
  const columns = factColumns(fact).map((column) => reduced(fact, column));
  return `  SELECT ${columns.join(", ")}
  FROM (
${fact.select((column) => (received ? isWithin(column, received) : `${column} IS NOT NULL`))}
  )
  WHERE ${[isIdentified(fact), ...(condition ? [condition] : [])].join(" AND ")}
  QUALIFY ROW_NUMBER() OVER (PARTITION BY ${fact.key.join(", ")}${winnerFirst(fact)}) = 1`;
}

function equalKeys({ key, nullable = [] }: Fact): string[] {
  return key.map((column) => isEqual(column, nullable.includes(column)));
}

function insert(fact: Fact): string {
  const columns = factColumns(fact);
  return `WHEN NOT MATCHED THEN INSERT (${columns.join(", ")})
  VALUES (${columns.map((column) => `received.${column}`).join(", ")})`;
}

function isIdentified({ key, nullable = [], partition }: Fact): string {
  const required = new Set([...key.filter((column) => !nullable.includes(column))]);
  if (partition) required.add(partition.column);
  return [...required].map((column) => `${column} IS NOT NULL`).join(" AND ");
}

function isEqual(column: string, isNullable: boolean): string {
  const equal = `fact.${column} = received.${column}`;
  return isNullable ? `(${equal} OR (fact.${column} IS NULL AND received.${column} IS NULL))` : equal;
}

function winnerFirst({ state, key }: Fact): string {
  if (!state) return ` ORDER BY ${key[0]}`;
  const direction = state.wins === "latest" ? "DESC" : "ASC";
  return ` ORDER BY ${state.by.map((column) => `${column} ${direction}`).join(", ")}`;
}

function reduced({ key, first = [], any = [] }: Fact, column: string): string {
  const over = `OVER (PARTITION BY ${key.join(", ")})`;
  if (first.includes(column)) return `MIN(${column}) ${over} AS ${column}`;
  if (any.includes(column)) return `LOGICAL_OR(IFNULL(${column}, FALSE)) ${over} AS ${column}`;
  return column;
}

/** The winner's columns if the received row wins, and else the columns with a smallest value or an OR, if they change. */
function updates(fact: Fact): string {
  const { state, first = [], any = [] } = fact;
  const accumulated = [
    ...first.map(
      (column) =>
        `${column} = LEAST(IFNULL(fact.${column}, received.${column}), IFNULL(received.${column}, fact.${column}))`,
    ),
    ...any.map((column) => `${column} = IFNULL(fact.${column}, FALSE) OR received.${column}`),
  ];
  const changes = [
    ...first.map(
      (column) =>
        `(received.${column} IS NOT NULL AND (fact.${column} IS NULL OR received.${column} < fact.${column}))`,
    ),
    ...any.map((column) => `(received.${column} AND NOT IFNULL(fact.${column}, FALSE))`),
  ];
  const won = state
    ? [...new Set([...state.by, ...state.columns])]
        .filter((column) => ![...fact.key, ...first, ...any].includes(column))
        .map((column) => `${column} = received.${column}`)
    : [];
  return [
    state &&
      `WHEN MATCHED AND ${isWinner(state)} THEN UPDATE SET\n  ${[...won, ...accumulated].join(",\n  ")}\n`,
    changes.length > 0 &&
      `WHEN MATCHED AND (${changes.join(" OR ")}) THEN UPDATE SET\n  ${accumulated.join(",\n  ")}\n`,
  ]
    .filter(Boolean)
    .join("");
}

function isWinner({ wins, by }: NonNullable<Fact["state"]>): string {
  const operator = wins === "latest" ? ">" : "<";
  const [column, ...rest] = by;
  const better = `received.${column} ${operator} fact.${column}`;
  if (rest.length === 0) return better;
  return `(${better} OR (received.${column} = fact.${column} AND ${isWinner({ wins, by: rest, columns: [] })}))`;
}

/** Spans of adjacent days, widened on both sides. */
function toSpans(days: number[], spreadDays: number): Span[] {
  const widened = days.flatMap((day) =>
    Array.from({ length: 2 * spreadDays + 1 }, (_, index) => day + (index - spreadDays) * DAY_MS),
  );
  const spans: { from: number; until: number }[] = [];
  for (const day of [...new Set(widened)].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.until === day) last.until = day + DAY_MS;
    else spans.push({ from: day, until: day + DAY_MS });
  }
  return spans.map(({ from, until }) => ({
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
  }));
}
