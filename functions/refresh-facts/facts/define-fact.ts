/** Builds the condition that a raw row belongs to the refresh, from the column with the time of its receipt. */
export type Received = (column: string) => string;

/**
 * A fact table, and how it follows from raw rows. Each column is a maximum, a minimum or an OR over the rows of a key, so raw rows give
 * the same facts in any order, with any repetition, and split into any refreshes.
 */
export interface Fact {
  /** `<dataset>.<table>`; its columns are in infra/bigquery/tables. */
  table: string;
  /** Columns that identify a row. */
  key: string[];
  /** Columns of `key` that may be NULL. */
  nullable?: string[];
  /** Columns of one raw row, the one with the greatest (or smallest) values of `by`, compared in that order. None of `by` is NULL. */
  state?: { wins: "latest" | "earliest"; by: string[]; columns: string[] };
  /** Columns with the smallest value, NULL ignored. */
  first?: string[];
  /** BOOL columns that are TRUE once a raw row says so. */
  any?: string[];
  /**
   * The column that the table is partitioned by, if a refresh reads only the partitions that it changes. Equal keys are at most
   * `spreadDays` apart.
   */
  partition?: { column: string; spreadDays: number };
  /** GoogleSQL that selects all columns above from raw tables. Rows with NULL in `key` or in the partition's column are left out. */
  select: (received: Received) => string;
  /**
   * Column with the time of a row whose values come from payloads, if some do. Payloads of old events are deleted, so a rebuild changes no
   * older row.
   */
  payloadTime?: string;
  /** A statement that sets further columns from facts, run after each refresh that changed one of `from`. */
  derive?: { from: string[]; statement: (since: string) => string };
}

/** Columns that the raw rows determine, without those of `derive`. */
export function factColumns({ key, state, first = [], any = [] }: Fact): string[] {
  return [...new Set([...key, ...(state ? [...state.by, ...state.columns] : []), ...first, ...any])];
}
