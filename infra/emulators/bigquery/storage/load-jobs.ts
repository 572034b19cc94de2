import { z } from "zod";
import { ApiError, alreadyExists } from "../api/api-error.ts";
import { parseBody } from "../api/request.ts";
import type { Catalog } from "./catalog.ts";
import type { TableField } from "./column-type.ts";
import type { InsertAll } from "./insert-all.ts";

const uploaded = z.looseObject({
  jobReference: z.looseObject({ jobId: z.string().regex(/^[\w-]{1,1024}$/) }),
  configuration: z.looseObject({
    load: z.looseObject({
      destinationTable: z.looseObject({ datasetId: z.string(), tableId: z.string() }),
      sourceFormat: z.string().optional(),
      writeDisposition: z.string().optional(),
    }),
  }),
});

/** A finished load. */
export interface LoadJob {
  id: string;
  load: Record<string, unknown>;
  startedAt: number;
  endedAt: number;
  rows: number;
  error: ApiError | undefined;
}

/**
 * Loads rows from uploaded newline-delimited JSON: all of them, or none if one is invalid.
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationLoad
 */
export class LoadJobs {
  readonly #jobs = new Map<string, LoadJob>();

  constructor(
    private readonly catalog: Catalog,
    private readonly insertAll: InsertAll,
  ) {}

  get(id: string): LoadJob | undefined {
    return this.#jobs.get(id);
  }

  /**
   * Runs a load. An invalid row is the job's `error`.
   *
   * @param lines newline-delimited JSON
   * @throws {ApiError} 400 for what is not emulated; 404 for a missing table; 409 when the id is taken
   */
  async run(body: unknown, lines: string): Promise<LoadJob> {
    const { jobReference, configuration } = parseBody(uploaded, body);
    const { load } = configuration;
    const id = jobReference.jobId;
    if (this.#jobs.has(id)) throw alreadyExists("Job", `${this.catalog.projectId}:US.${id}`);
    if (load.sourceFormat !== "NEWLINE_DELIMITED_JSON")
      throw new ApiError(400, "invalid", "The BigQuery emulator loads NEWLINE_DELIMITED_JSON only");
    if ((load.writeDisposition ?? "WRITE_APPEND") !== "WRITE_APPEND")
      throw new ApiError(400, "invalid", "The BigQuery emulator loads with WRITE_APPEND only");
    const name = { dataset: load.destinationTable.datasetId, table: load.destinationTable.tableId };
    const fields = this.catalog.table(name).schema?.fields ?? [];
    const startedAt = Date.now();
    const rows = lines.split("\n").filter((line) => line.trim() !== "");
    let error: ApiError | undefined;
    try {
      await this.insertAll.append(
        name,
        rows.map((line) => parseLine(line, fields)),
      );
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      error = problem;
    }
    const job = { id, load, startedAt, endedAt: Date.now(), rows: error ? 0 : rows.length, error };
    this.#jobs.set(id, job);
    return job;
  }
}

/** Unlike insertAll, a load has the value of a JSON column as JSON, not as text that contains JSON. */
function parseLine(line: string, fields: TableField[]): Record<string, unknown> {
  const row = z.record(z.string(), z.unknown()).safeParse(parseJson(line));
  if (!row.success)
    throw new ApiError(400, "invalid", "Error while reading data: a line is not a JSON object");
  const json = fields.flatMap(({ name, type }) => (type === "JSON" && row.data[name] != null ? [name] : []));
  return { ...row.data, ...Object.fromEntries(json.map((name) => [name, JSON.stringify(row.data[name])])) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
