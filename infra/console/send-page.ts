import type { Response } from "express";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { restoreLiterals } from "./slack/literal.ts";

/**
 * Pages show text of others. They load nothing from other hosts, and only the console's scripts run.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Colour bars of Slack's attachments, and the layout of charts.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Responds with a page.
 *
 * @param options.styleNonce lets a script add styles with this nonce
 */
export function sendPage(
  response: Response,
  page: ReactElement,
  status = 200,
  { styleNonce }: { styleNonce?: string } = {},
) {
  const allowed = styleNonce
    ? policy.replace("style-src 'self'", `style-src 'self' 'nonce-${styleNonce}'`)
    : policy;
  response
    .status(status)
    .set({ "Content-Security-Policy": allowed, "Cache-Control": "no-store" })
    .type("html")
    .send(`<!doctype html>${restoreLiterals(renderToStaticMarkup(page))}`);
}
