import type { Config } from "../config.ts";

/** Replaces the names of the datasets in GoogleSQL by those of this installation. */
export function nameDatasets(sql: string, datasets: Config["bigquery"]): string {
  return sql
    .replaceAll(/\bproduct_eng\./g, `${datasets.metricsDataset}.`)
    .replaceAll(/\bopen_source\./g, `${datasets.openSourceDataset}.`);
}
