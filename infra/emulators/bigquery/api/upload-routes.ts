import express, { Router } from "express";
import { refuseForeign, sendRefusal } from "../../lib/refuse-foreign-requests.ts";
import type { LoadJob, LoadJobs } from "../storage/load-jobs.ts";
import { ApiError } from "./api-error.ts";

/** A load job's file may have terabytes; the emulator keeps it in memory. */
const MAX_UPLOAD = "256mb";

/**
 * Load jobs with the file in the request: https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart
 * A page of another site cannot send `multipart/related` without asking first.
 */
export function uploadRoutes(loads: LoadJobs, projectId: string): Router {
  const router = Router();
  router.post(
    // Google's client appends the path to BIGQUERY_EMULATOR_HOST, which has one.
    ["/upload/bigquery/v2/projects/:project/jobs", "/bigquery/v2/upload/bigquery/v2/projects/:project/jobs"],
    (request, response, next) => {
      const refusal = refuseForeign(request);
      if (refusal) sendRefusal(request, response, refusal);
      else next();
    },
    express.raw({ limit: MAX_UPLOAD, type: "multipart/related" }),
    async (request, response) => {
      const [metadata, lines] = readParts(request.headers["content-type"] ?? "", request.body);
      response.json(toLoadResource(await loads.run(JSON.parse(metadata), lines), projectId));
    },
  );
  return router;
}

/** @throws {ApiError} 400 unless the body has the job's resource and its file */
function readParts(contentType: string, body: unknown): [metadata: string, file: string] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary || !Buffer.isBuffer(body))
    throw new ApiError(400, "invalid", "The BigQuery emulator accepts uploads as multipart/related only");
  const [, metadata, file] = body
    .toString("utf8")
    .split(`--${boundary}`)
    .map((part) => part.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, ""));
  if (metadata === undefined || file === undefined)
    throw new ApiError(400, "invalid", "An upload has two parts: the job, and the file");
  return [metadata, file];
}

export function toLoadResource(job: LoadJob, projectId: string): Record<string, unknown> {
  const { id, load, startedAt, endedAt, rows, error } = job;
  const problem = error && { reason: error.reason, message: error.message };
  return {
    kind: "bigquery#job",
    id: `${projectId}:US.${id}`,
    jobReference: { projectId, jobId: id, location: "US" },
    configuration: { jobType: "LOAD", load },
    status: { state: "DONE", ...(problem && { errorResult: problem, errors: [problem] }) },
    statistics: {
      creationTime: String(startedAt),
      startTime: String(startedAt),
      endTime: String(endedAt),
      load: { inputFiles: "1", outputRows: String(rows), badRecords: "0" },
    },
  };
}
