import { Router } from "express";
import { z } from "zod";
import type { LoadJobs } from "../storage/load-jobs.ts";
import type { QueryJob, QueryJobs } from "../storage/query-jobs.ts";
import { type TimestampFormat, toResultRow } from "../storage/result-row.ts";
import { ApiError } from "./api-error.ts";
import { type PageRequest, paginate, parseBody, readTimestampFormat } from "./request.ts";
import { toLoadResource } from "./upload-routes.ts";

const jobBody = z.looseObject({
  jobReference: z.looseObject({ jobId: z.string().optional() }).optional(),
  configuration: z.looseObject({ dryRun: z.boolean().optional(), query: z.unknown().optional() }),
});

const queryBody = z.looseObject({
  dryRun: z.boolean().optional(),
  maxResults: z.unknown().optional(),
  formatOptions: z.record(z.string(), z.unknown()).optional(),
});

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs */
export function jobRoutes(jobs: QueryJobs, loads: LoadJobs, projectId: string): Router {
  const router = Router();

  router.post("/projects/:project/queries", async (request, response) => {
    const body = parseBody(queryBody, request.body);
    const job = await jobs.run(body, { dryRun: body.dryRun ?? false });
    if (job.error) throw job.error;
    const format = readTimestampFormat((name) => body.formatOptions?.[name]);
    response.json(
      toQueryResponse(job, projectId, "bigquery#queryResponse", { maxResults: body.maxResults }, format),
    );
  });

  router.get("/projects/:project/queries/:job", async (request, response) => {
    const job = await jobs.find(request.params.job);
    if (job.error) throw job.error;
    const format = readTimestampFormat((name) => request.query[`formatOptions.${name}`]);
    response.json(toQueryResponse(job, projectId, "bigquery#getQueryResultsResponse", request.query, format));
  });

  router.get("/projects/:project/jobs", (request, response) => {
    const { page, nextPageToken } = paginate(jobs.list(), request.query, 1000);
    const listed = page.map((job) => ({ ...toJobResource(job, projectId), state: "DONE" }));
    response.json({ kind: "bigquery#jobList", jobs: listed, nextPageToken });
  });

  router.post("/projects/:project/jobs", async (request, response) => {
    const { jobReference, configuration } = parseBody(jobBody, request.body);
    if (!configuration.query)
      throw new ApiError(
        400,
        "invalid",
        "The BigQuery emulator runs query jobs, and load jobs whose file is uploaded with them",
      );
    const dryRun = configuration.dryRun ?? false;
    const job = await jobs.run(configuration.query, { id: jobReference?.jobId, dryRun });
    if (dryRun && job.error) throw job.error;
    response.json(toJobResource(job, projectId));
  });

  router.get("/projects/:project/jobs/:job", async (request, response) => {
    const load = loads.get(request.params.job);
    response.json(
      load ? toLoadResource(load, projectId) : toJobResource(await jobs.find(request.params.job), projectId),
    );
  });

  // A job has finished before a client receives its id, so there is nothing to cancel.
  router.post("/projects/:project/jobs/:job/cancel", (request, response) => {
    const job = toJobResource(jobs.get(request.params.job), projectId);
    response.json({ kind: "bigquery#jobCancelResponse", job });
  });

  router.delete("/projects/:project/jobs/:job/delete", (request, response) => {
    jobs.delete(request.params.job);
    response.status(204).end();
  });

  return router;
}

function toQueryResponse(
  job: QueryJob,
  projectId: string,
  kind: string,
  paging: PageRequest,
  format: TimestampFormat,
): Record<string, unknown> {
  const { page, nextPageToken } = paginate(job.rows, paging);
  return {
    kind,
    schema: { fields: job.fields },
    jobReference: toJobReference(job, projectId),
    totalRows: String(job.rows.length),
    rows: page.map((row) => toResultRow(row, job.fields, format)),
    pageToken: nextPageToken,
    totalBytesProcessed: String(job.bytesProcessed),
    jobComplete: true,
    cacheHit: false,
    ...toAffectedRows(job),
  };
}

function toJobResource(job: QueryJob, projectId: string): Record<string, unknown> {
  const { id, error } = job;
  const problem = error ? { reason: error.reason, message: error.message } : undefined;
  return {
    kind: "bigquery#job",
    id: `${projectId}:US.${id}`,
    jobReference: toJobReference(job, projectId),
    configuration: { jobType: "QUERY", dryRun: job.dryRun, query: job.configuration },
    status: { state: "DONE", ...(problem ? { errorResult: problem, errors: [problem] } : {}) },
    statistics: {
      creationTime: String(job.startedAt),
      startTime: String(job.startedAt),
      endTime: String(job.endedAt),
      totalBytesProcessed: String(job.bytesProcessed),
      query: {
        statementType: job.statementType,
        totalBytesProcessed: String(job.bytesProcessed),
        schema: { fields: job.fields },
        ...toAffectedRows(job),
      },
    },
    user_email: "local@localhost",
  };
}

function toAffectedRows({ affectedRows }: QueryJob): { numDmlAffectedRows?: string } {
  return affectedRows === undefined ? {} : { numDmlAffectedRows: String(affectedRows) };
}

function toJobReference({ id }: QueryJob, projectId: string): Record<string, string> {
  return { projectId, jobId: id, location: "US" };
}
