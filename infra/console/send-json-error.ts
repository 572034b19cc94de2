import type { NextFunction, Request, Response } from "express";

/** Responds to a body that a parser refused with its status and `{"error"}`; every other error is 500 without a stack. */
export function sendJsonError(error: Error, _request: Request, response: Response, next: NextFunction) {
  if (response.headersSent) return next(error);
  const status = "status" in error ? Number(error.status) : 500;
  const message = error instanceof SyntaxError ? `The body is not JSON: ${error.message}` : error.message;
  response.status(status).json({ error: message });
}
