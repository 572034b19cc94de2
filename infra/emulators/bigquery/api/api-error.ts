import type { ErrorRequestHandler } from "express";

/**
 * An error in the form of BigQuery's REST API.
 * @see https://cloud.google.com/bigquery/docs/error-messages
 */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    /** HTTP status. */
    readonly code: number,
    /** BigQuery's reason code: notFound, duplicate, invalid, invalidQuery, … */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  /** The response body. */
  toJSON(): { error: Record<string, unknown> } {
    const { code, message, reason } = this;
    const status = STATUSES[code] ?? "INTERNAL";
    return { error: { code, message, errors: [{ message, domain: "global", reason }], status } };
  }
}

const STATUSES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ALREADY_EXISTS",
  413: "INVALID_ARGUMENT",
};

/** 404 with BigQuery's message. */
export function notFound(kind: "Dataset" | "Table" | "Job", name: string): ApiError {
  return new ApiError(404, "notFound", `Not found: ${kind} ${name}`);
}

/**
 * 403 with BigQuery's message for a table of another project.
 * @see https://cloud.google.com/bigquery/docs/troubleshoot-access-control
 */
export function accessDenied(name: string): ApiError {
  const message = `Access Denied: Table ${name}: User does not have permission to query table ${name}, or perhaps it does not exist.`;
  return new ApiError(403, "accessDenied", message);
}

/** 409 with BigQuery's message. */
export function alreadyExists(kind: "Dataset" | "Table" | "Job", name: string): ApiError {
  return new ApiError(409, "duplicate", `Already Exists: ${kind} ${name}`);
}

/** Sends anything that a route throws in BigQuery's error shape. */
export const sendApiError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const apiError = error instanceof ApiError ? error : toApiError(error);
  response.status(apiError.code).json(apiError);
};

function toApiError(error: unknown): ApiError {
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) return new ApiError(status, "invalid", message);
  return new ApiError(500, "internalError", message);
}
