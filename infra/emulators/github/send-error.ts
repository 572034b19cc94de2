import type { Response } from "express";

export const RATE_LIMITS_PAGE =
  "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api @param page value of `documentation_url` */
export function sendError(
  response: Response,
  status: number,
  message: string,
  page = "https://docs.github.com/rest",
) {
  response.status(status).json({ message, documentation_url: page, status: String(status) });
}

export function sendNotFound(response: Response) {
  sendError(response, 404, "Not Found");
}
