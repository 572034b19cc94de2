import { BigQuery, type Job } from "@google-cloud/bigquery";
import { nameDatasets } from "../../shared/bigquery/name-datasets.ts";
import type { Config } from "../../shared/config.ts";

/** Attempts at a statement that one run may start. */
const MAX_ATTEMPTS = 3;

/** A statement of a refresh. */
export interface OneTimeStatement {
  /** Letters, digits and underscores. */
  id: string;
  sql: string;
  /** Attempts that are known to have failed. */
  failed: number;
  /** Called after each further failed attempt. */
  onFailed: (failed: number) => Promise<void>;
}

/** Runs the statements of a refresh in BigQuery. */
export class QueryRunner {
  readonly #datasets: Config["bigquery"];
  #client: BigQuery | undefined;
  #location: string | undefined;

  /** @param datasets which replace `product_eng` and `open_source` in statements */
  constructor(datasets: Config["bigquery"]) {
    this.#datasets = datasets;
  }

  /** Rows of a query. @throws the client's error */
  async query(sql: string): Promise<unknown[]> {
    const [rows] = await this.#bigquery().query({ query: nameDatasets(sql, this.#datasets) });
    return rows;
  }

  /**
   * Runs a statement once, whoever else runs it and however often: BigQuery refuses a second job with the same id, also months later. If a job
   * exists, waits for it. A failed job is followed by one with the next attempt's id.
   *
   * @throws the error of the third attempt that failed in this run
   * @see https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid
   */
  async runOnce({ id, sql, failed, onFailed }: OneTimeStatement): Promise<void> {
    let started = 0;
    for (let attempt = failed + 1; ; attempt++) {
      const { job, isNew } = await this.#startOrFind(`${id}_${attempt}`, nameDatasets(sql, this.#datasets));
      if (isNew) started++;
      try {
        await job.getQueryResults({ maxResults: 0 });
        return;
      } catch (error) {
        if (!(await hasFailed(job))) throw error;
        await onFailed(attempt);
        if (started === MAX_ATTEMPTS) throw error;
      }
    }
  }

  async #startOrFind(jobId: string, query: string): Promise<{ job: Job; isNew: boolean }> {
    this.#location ??= await this.#findLocation();
    const location = this.#location;
    try {
      const [job] = await this.#bigquery().createQueryJob({ query, jobId, location });
      return { job, isNew: true };
    } catch (error) {
      const job = this.#bigquery().job(jobId, { location });
      if ((error as { code?: number }).code === 409) return { job, isNew: false };
      // The client also throws if the job failed at once.
      const [exists] = await job.exists();
      if (!exists) throw error;
      return { job, isNew: true };
    }
  }

  /** A job is found by its id and location, which is the datasets'. */
  async #findLocation(): Promise<string> {
    const [{ location }] = await this.#bigquery().dataset(this.#datasets.metricsDataset).getMetadata();
    return location;
  }

  #bigquery(): BigQuery {
    this.#client ??= new BigQuery();
    return this.#client;
  }
}

/** Whether a job has ended with an error, as opposed to a request for its result. */
async function hasFailed(job: Job): Promise<boolean> {
  const [{ status }] = await job.getMetadata();
  return status?.state === "DONE" && Boolean(status.errorResult);
}
