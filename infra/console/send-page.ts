import type { Response } from "express";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { restoreLiterals } from "./slack/literal.ts";

/**
 * Nothing is loaded from elsewhere and no script runs but the console's own, whatever text from outside a page shows.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The colour bars of Slack's attachments, and what the charts lay out.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers with a page. */
export function sendPage(response: Response, page: ReactElement, status = 200) {
  response
    .status(status)
    .set({ "Content-Security-Policy": policy, "Cache-Control": "no-store" })
    .type("html")
    .send(`<!doctype html>${restoreLiterals(renderToStaticMarkup(page))}`);
}
