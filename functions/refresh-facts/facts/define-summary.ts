/**
 * A table that follows from facts: its rows are groups of facts, which a view would have to group over its whole history. A refresh replaces
 * the rows that the changed facts can belong to.
 */
export interface Summary {
  /** `<dataset>.<table>`; its columns are in infra/bigquery/tables. */
  table: string;
  /** Columns that identify a row. */
  key: string[];
  /** Facts that it follows from. */
  from: string[];
  /** The TIMESTAMP column that the table is partitioned by. */
  partition: string;
  /** A changed fact belongs to rows that begin at most this many days before its own day. */
  reachDays: number;
  /** GoogleSQL that selects all rows whose partition is at or after a time. @param since GoogleSQL of a TIMESTAMP */
  select: (since: string) => string;
}

/**
 * Statement that replaces the rows of a summary. The condition FALSE matches nothing: every old row is deleted and every new one inserted,
 * at once.
 *
 * @param day of the first changed fact, GoogleSQL of a TIMESTAMP
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#omitting_column_names
 */
export function summaryStatement({ table, partition, reachDays, select }: Summary, day: string): string {
  const since = `TIMESTAMP_SUB(${day}, INTERVAL ${reachDays} DAY)`;
  return `MERGE ${table} AS summary
USING (
${select(since)}
) AS computed
ON FALSE
WHEN NOT MATCHED BY SOURCE AND summary.${partition} >= ${since} THEN DELETE
WHEN NOT MATCHED BY TARGET THEN INSERT ROW`;
}
