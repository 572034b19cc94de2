import type { NextFunction, Request, Response } from "express";

/**
 * Refuses what another site's page has a browser send here. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 * What is no browser sends no such header.
 */
export function requireSameSite(request: Request, response: Response, next: NextFunction) {
  const site = request.headers["sec-fetch-site"];
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads || site === undefined || site === "same-origin" || site === "none") return next();
  response.status(403).json({ error: "Another site may not do this" });
}
