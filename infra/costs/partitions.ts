import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import { summaries } from "../../functions/refresh-facts/facts/summaries.ts";

/** The columns that facts and summaries are partitioned by, by table; undefined for a table without partitions. */
export const partitions = new Map<string, string | undefined>([
  ...facts.map(({ table, partition }) => [table, partition?.column] as const),
  ...summaries.map(({ table, partition }) => [table, partition] as const),
]);
