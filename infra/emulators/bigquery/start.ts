import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import express, { type Express } from "express";
import { listen } from "../lib/listen.ts";
import { refuseForeignRequests } from "../lib/refuse-foreign-requests.ts";
import { ApiError, sendApiError } from "./api/api-error.ts";
import { datasetRoutes } from "./api/dataset-routes.ts";
import { buildDiscoveryDocument } from "./api/discovery-document.ts";
import { jobRoutes } from "./api/job-routes.ts";
import { tableDataRoutes } from "./api/table-data-routes.ts";
import { tableRoutes } from "./api/table-routes.ts";
import { uploadRoutes } from "./api/upload-routes.ts";
import { Catalog } from "./storage/catalog.ts";
import type { Scan } from "./storage/estimate-bytes.ts";
import { expirePartitions } from "./storage/expire-partitions.ts";
import { InsertAll } from "./storage/insert-all.ts";
import { LoadJobs } from "./storage/load-jobs.ts";
import { QueryJobs } from "./storage/query-jobs.ts";
import { toRow } from "./storage/result-row.ts";
import { WarehouseDatabase } from "./storage/warehouse-database.ts";

/** How often rows of expired partitions are deleted. BigQuery does so at some time after the expiration. */
const EXPIRY_INTERVAL_MS = 60 * 60_000;

export interface WarehouseOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default: any free port. */
  port?: number;
  /** DuckDB file of the rows and the catalog. Without it they are in memory. */
  file?: string;
  /** Default `local`. The emulator has one project and ignores the project that a request names. */
  projectId?: string;
  /** Milliseconds for which an insertId is remembered. Default 60,000; 0 never deduplicates. */
  deduplicationWindowMs?: number;
  /** The present of queries, CURRENT_TIMESTAMP(), which does not move. Default: the clock's. Limits of `insertAll` follow the clock. */
  now?: Date;
}

export interface Warehouse {
  /** `http://127.0.0.1:<port>`. BIGQUERY_EMULATOR_HOST is this with `/bigquery/v2` appended. */
  url: string;
  /**
   * Runs GoogleSQL. Rows have numbers as numbers, JSON parsed, timestamps as RFC 3339 with microseconds.
   * @param params values by name, for `@name`: strings, numbers, booleans, dates, null
   * @throws {ApiError} for an invalid statement or a missing table
   */
  query(sql: string, params?: Record<string, unknown>): Promise<Record<string, unknown>[]>;
  /**
   * Which columns of which tables a SELECT reads. An empty table is not read.
   * @param options.expand plans views as a part of the query, so that its conditions can reach the tables; slow for many views
   */
  scans(sql: string, params?: Record<string, unknown>, options?: { expand?: boolean }): Promise<Scan[]>;
  /** Stops listening and closes the file. */
  stop(): Promise<void>;
}

/**
 * Starts the BigQuery emulator: BigQuery's REST API over DuckDB.
 * @see https://cloud.google.com/bigquery/docs/reference/rest
 */
export async function startWarehouse(options: WarehouseOptions = {}): Promise<Warehouse> {
  const { host = "127.0.0.1", port = 0, projectId = "local", deduplicationWindowMs = 60_000 } = options;
  const database = await WarehouseDatabase.open(options.file, options.now);
  try {
    const catalog = await Catalog.load(database, projectId);
    const jobs = new QueryJobs(database, catalog);
    const insertAll = new InsertAll(database, catalog, deduplicationWindowMs);
    await expirePartitions(database, catalog, new Date());
    // An error means that the warehouse is stopping.
    const expire = () => void expirePartitions(database, catalog, new Date()).catch(() => {});
    const expiry = setInterval(expire, EXPIRY_INTERVAL_MS).unref();
    const app = createApi(database, catalog, jobs, insertAll);
    const server = createServer(app);
    const listeningPort = await listen(server, port, host);
    return {
      url: `http://${host}:${listeningPort}`,
      query: (sql, params) => runPlainQuery(jobs, sql, params),
      scans: (query, params, options) =>
        jobs.scans({ query, queryParameters: toQueryParameters(params) }, options),
      stop: async () => {
        clearInterval(expiry);
        await closeServer(server);
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function createApi(
  database: WarehouseDatabase,
  catalog: Catalog,
  jobs: QueryJobs,
  insertAll: InsertAll,
): Express {
  const app = express();
  app.disable("x-powered-by");
  const loads = new LoadJobs(catalog, insertAll);
  // First: every other route accepts JSON only.
  app.use(uploadRoutes(loads, catalog.projectId));
  app.use(refuseForeignRequests());
  // insertAll has a limit: 10 MB.
  app.use(express.json({ limit: "64mb", type: () => true, verify: noteBodySize }));
  const { projectId } = catalog;
  app.get(["/\\$discovery/rest", "/discovery/v1/apis/bigquery/v2/rest"], (request, response) => {
    response.json(buildDiscoveryDocument(`http://${request.headers.host ?? "127.0.0.1"}/`));
  });
  const routes = [
    datasetRoutes(catalog),
    tableRoutes(catalog, database),
    tableDataRoutes(catalog, database, insertAll),
    jobRoutes(jobs, loads, projectId),
  ];
  app.use("/bigquery/v2", ...routes);
  app.get("/bigquery/v2/projects", (_request, response) => {
    const project = { id: projectId, projectReference: { projectId }, friendlyName: projectId };
    response.json({ kind: "bigquery#projectList", projects: [project], totalItems: 1 });
  });
  app.use((request) => {
    throw new ApiError(404, "notFound", `The BigQuery emulator has no ${request.method} ${request.path}`);
  });
  app.use(sendApiError);
  return app;
}

/** Keeps the size of the decompressed body on the request, for limits that depend on the method. */
function noteBodySize(
  _request: IncomingMessage,
  response: ServerResponse & { locals?: Record<string, unknown> },
  body: Buffer,
): void {
  if (response.locals) response.locals.bodyBytes = body.length;
}

async function runPlainQuery(
  jobs: QueryJobs,
  query: string,
  params?: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
  const job = await jobs.run({ query, queryParameters: toQueryParameters(params) });
  if (job.error) throw job.error;
  return job.rows.map((row) => toRow(row, job.fields));
}

function toQueryParameters(params: Record<string, unknown> = {}): Record<string, unknown>[] {
  return Object.entries(params).map(([name, value]) => toQueryParameter(name, value));
}

function toQueryParameter(name: string, value: unknown): Record<string, unknown> {
  const text = value instanceof Date ? value.toISOString() : value;
  return {
    name,
    parameterType: { type: chooseType(value) },
    parameterValue: { value: text === null ? null : String(text) },
  };
}

function chooseType(value: unknown): string {
  if (value instanceof Date) return "TIMESTAMP";
  if (typeof value === "boolean") return "BOOL";
  if (typeof value === "number") return Number.isInteger(value) ? "INT64" : "FLOAT64";
  return "STRING";
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  // A request in flight gets two seconds to finish.
  const timeout = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(timeout);
}
