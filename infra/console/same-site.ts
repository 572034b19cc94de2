import type { NextFunction, Request, Response } from "express";

/**
 * Refuses a write that a page of another site triggers in a browser. Clients that are not browsers send no Sec-Fetch-Site.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function requireSameSite(request: Request, response: Response, next: NextFunction) {
  const site = request.headers["sec-fetch-site"];
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads || site === undefined || site === "same-origin" || site === "none") return next();
  response.status(403).json({ error: "Requests from other sites are refused" });
}
