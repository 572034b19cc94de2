import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type ConsoleFrame, Frame } from "./layout.tsx";

/**
 * Pages show text of others. They load nothing from other hosts, and only the console's scripts run.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export const contentSecurityPolicy = [
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

/** @returns the HTML of a page in its console's frame */
export function renderPage(page: ReactElement, frame: ConsoleFrame): string {
  return `<!doctype html>${renderToStaticMarkup(createElement(Frame, { value: frame }, page))}`;
}
