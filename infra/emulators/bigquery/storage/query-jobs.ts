import { randomUUID } from "node:crypto";
import type { DuckDBValue } from "@duckdb/node-api";
import { z } from "zod";
import { ApiError, accessDenied, alreadyExists, notFound } from "../api/api-error.ts";
import { parseParameters } from "../api/query-parameter.ts";
import { parseBody } from "../api/request.ts";
import { describeQueryError } from "../googlesql/describe-error.ts";
import { type DuckDbStatement, GoogleSqlError, toDuckDb } from "../googlesql/to-duckdb.ts";
import type { Catalog } from "./catalog.ts";
import type { TableField } from "./column-type.ts";
import { toStoredName } from "./define-table.ts";
import { estimateBytes, readScans, type Scan } from "./estimate-bytes.ts";
import { materializeViews, nameOf } from "./materialize-views.ts";
import { toResultFields } from "./result-row.ts";
import { ViewResults } from "./view-results.ts";
import type { QueryResult, RunStatement, WarehouseDatabase } from "./warehouse-database.ts";

const queryConfiguration = z.looseObject({
  query: z.string(),
  useLegacySql: z.boolean().optional(),
  defaultDataset: z.looseObject({ datasetId: z.string() }).optional(),
  queryParameters: z.array(z.unknown()).nullish(),
});

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationQuery */
export type QueryConfiguration = z.infer<typeof queryConfiguration>;

/** A finished query, with its rows in memory. */
export interface QueryJob {
  id: string;
  configuration: QueryConfiguration;
  dryRun: boolean;
  startedAt: number;
  endedAt: number;
  statementType: string;
  error: ApiError | undefined;
  fields: TableField[];
  rows: DuckDBValue[][];
  affectedRows: number | undefined;
  /** Estimated for a dry run only, which is where BigQuery's clients read it. */
  bytesProcessed: number;
}

type Outcome = Pick<QueryJob, "statementType" | "fields" | "rows" | "affectedRows" | "bytesProcessed">;

/** Finished jobs in memory; the oldest ones are dropped with their results. */
const MAX_JOBS = 200;

const DML_STATEMENTS = new Set(["INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE"]);

/** Runs GoogleSQL and keeps the results for paging. A job has finished when its id is returned. */
export class QueryJobs {
  readonly #jobs = new Map<string, QueryJob>();
  readonly #running = new Map<string, Promise<QueryJob>>();
  readonly #views: ViewResults;

  constructor(
    private readonly database: WarehouseDatabase,
    private readonly catalog: Catalog,
  ) {
    this.#views = new ViewResults(database, catalog);
  }

  /** Newest first. */
  list(): QueryJob[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Waits for a job that is running. @throws {ApiError} 404 */
  async find(id: string): Promise<QueryJob> {
    return (await this.#running.get(id)) ?? this.get(id);
  }

  /** @throws {ApiError} 404 */
  get(id: string): QueryJob {
    const job = this.#jobs.get(id);
    if (!job) throw notFound("Job", `${this.catalog.projectId}:US.${id}`);
    return job;
  }

  /** @throws {ApiError} 404 */
  delete(id: string): void {
    this.get(id);
    this.#jobs.delete(id);
  }

  /**
   * Runs a query. An error of the query is the job's `error`.
   * @throws {ApiError} 400 for an invalid configuration; 409 when the id is taken
   */
  async run(body: unknown, options: { id?: string | undefined; dryRun?: boolean } = {}): Promise<QueryJob> {
    const configuration = parseBody(queryConfiguration, body);
    const id = options.id ?? `job_${randomUUID()}`;
    if (this.#jobs.has(id) || this.#running.has(id))
      throw alreadyExists("Job", `${this.catalog.projectId}:US.${id}`);
    const running = this.#finish(id, configuration, options.dryRun ?? false);
    this.#running.set(id, running);
    return running.finally(() => this.#running.delete(id));
  }

  /**
   * Which columns of which tables a SELECT reads.
   * @param options.expand plans views as a part of the query, so that its conditions can reach the tables; slow for many views
   * @throws {ApiError} 400 for an invalid configuration
   */
  async scans(body: unknown, { expand = false }: { expand?: boolean } = {}): Promise<Scan[]> {
    const { query, queryParameters } = parseBody(queryConfiguration, body);
    const [statement] = toDuckDb(query, { parameters: parseParameters(queryParameters) });
    if (!statement) return [];
    const sql = expand ? statement.sql : materializeViews(statement, this.catalog);
    return readScans((text) => this.database.read(text), sql);
  }

  async #finish(id: string, configuration: QueryConfiguration, dryRun: boolean): Promise<QueryJob> {
    const startedAt = Date.now();
    const outcome = await this.#runStatements(configuration, dryRun).catch((error) =>
      toQueryError(error, configuration.query),
    );
    const job: QueryJob = {
      ...{ id, configuration, dryRun, startedAt, endedAt: Date.now() },
      ...(outcome instanceof ApiError
        ? { ...EMPTY_OUTCOME, error: outcome }
        : { ...outcome, error: undefined }),
    };
    if (!dryRun) this.#store(job);
    return job;
  }

  #store(job: QueryJob): void {
    this.#jobs.set(job.id, job);
    for (const id of this.#jobs.keys()) {
      if (this.#jobs.size <= MAX_JOBS) break;
      this.#jobs.delete(id);
    }
  }

  async #runStatements(configuration: QueryConfiguration, dryRun: boolean): Promise<Outcome> {
    const statements = toDuckDb(configuration.query, {
      defaultDataset: configuration.defaultDataset?.datasetId,
      parameters: parseParameters(configuration.queryParameters),
    });
    let outcome: Outcome = EMPTY_OUTCOME;
    for (const statement of statements) outcome = await this.#execute(statement, dryRun);
    if (statements.length === 0)
      throw new ApiError(400, "invalidQuery", "Syntax error: Unexpected end of script");
    return statements.length > 1 ? { ...outcome, statementType: "SCRIPT" } : outcome;
  }

  async #execute(statement: DuckDbStatement, dryRun: boolean): Promise<Outcome> {
    const { type: statementType } = statement;
    this.#requireTables(statement);
    if (statementType === "SELECT") return this.#select(statement, dryRun);
    if (dryRun) return { ...EMPTY_OUTCOME, statementType };
    if (DML_STATEMENTS.has(statementType)) {
      const change = async (run: RunStatement) => {
        if (await isAmbiguous(run, statement)) throw new ApiError(400, "invalidQuery", AMBIGUOUS);
        return run(statement.sql);
      };
      const { rows } = await this.database.write(change, statement.target && nameOf(statement.target));
      return { ...EMPTY_OUTCOME, statementType, affectedRows: Number(rows[0]?.[0] ?? 0) };
    }
    await this.database.write(async (run) => {
      await run(statement.sql);
      const { target, viewQuery } = statement;
      const views = target && viewQuery ? [[`${target.dataset}.${target.table}`, viewQuery] as const] : [];
      await this.catalog.syncWithDatabase(run, new Map(views));
    });
    return { ...EMPTY_OUTCOME, statementType };
  }

  async #select(statement: DuckDbStatement, dryRun: boolean): Promise<Outcome> {
    const run = (text: string) => this.database.read(text);
    const sql = dryRun ? materializeViews(statement, this.catalog) : "";
    const result = dryRun ? await run(`SELECT * FROM (${sql}) LIMIT 0`) : await this.#views.read(statement);
    const fields = toResultFields(nameColumns(result));
    requireDistinctNames(fields);
    const bytesProcessed = dryRun ? await estimateBytes(run, sql) : 0;
    return { ...EMPTY_OUTCOME, statementType: statement.type, fields, rows: result.rows, bytesProcessed };
  }

  /** Throws BigQuery's 403 and 404; DuckDB's own error names a schema instead. */
  #requireTables({ tables, target, type }: DuckDbStatement): void {
    for (const name of tables) {
      const { project = this.catalog.projectId, dataset, table } = name;
      if (project !== this.catalog.projectId) throw accessDenied(`${project}:${dataset}.${table}`);
      const isTarget =
        target?.dataset === name.dataset && target.table === name.table && !DML_STATEMENTS.has(type);
      if (isTarget) this.catalog.dataset(name.dataset);
      else this.catalog.table(name);
    }
  }
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement */
const AMBIGUOUS = "UPDATE/MERGE must match at most one source row for each target row";

/** Whether a MERGE must fail. An empty target has no rows to match, so that the source, which may be large, is not read for it. */
async function isAmbiguous(run: RunStatement, { ambiguousSql, target }: DuckDbStatement): Promise<boolean> {
  if (!ambiguousSql || !target) return false;
  const { rows } = await run(`SELECT 1 FROM ${toStoredName(target)} LIMIT 1`);
  return rows.length > 0 && (await run(ambiguousSql)).rows.length > 0;
}

const EMPTY_OUTCOME: Outcome = {
  statementType: "",
  fields: [],
  rows: [],
  affectedRows: undefined,
  bytesProcessed: 0,
};

/** @throws {ApiError} 400, as BigQuery words it */
function requireDistinctNames(fields: TableField[]): void {
  const names = fields.map(({ name }) => name.toLowerCase());
  const duplicates = fields.filter(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (duplicates.length === 0) return;
  const list = [...new Set(duplicates.map(({ name }) => name))].join(", ");
  throw new ApiError(
    400,
    "invalidQuery",
    `Duplicate column names in the result are not supported. Found duplicate(s): ${list}`,
  );
}

/** BigQuery names unnamed columns `f0_`, `f1_`, …; DuckDB names them after their expression. */
function nameColumns({ names, types }: QueryResult): Pick<QueryResult, "names" | "types"> {
  let unnamed = 0;
  return {
    names: names.map((name) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `f${unnamed++}_`)),
    types,
  };
}

function toQueryError(error: unknown, sql: string): ApiError {
  if (error instanceof ApiError && error.code === 404) {
    return new ApiError(404, error.reason, `${error.message} was not found in location US`);
  }
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof GoogleSqlError) && !isDuckDbError(message)) throw error;
  return new ApiError(400, "invalidQuery", describeQueryError(sql, message));
}

function isDuckDbError(message: string): boolean {
  return /^(?:Failed to extract statements: )?[A-Z][A-Za-z ]* Error: /.test(message);
}
