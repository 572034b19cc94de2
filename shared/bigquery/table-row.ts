/** A row for one table, ready for insertAll. */
export interface TableRow {
  dataset: string;
  table: string;
  /** The same for the same row of the same event, whenever and wherever it is made: BigQuery drops repetitions by it, best-effort. */
  insertId: string;
  row: Record<string, unknown>;
}
