import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { createElement } from "react";
import { bundledScript } from "./bundle-script.ts";
import { ConnectPage } from "./connect-page.tsx";
import type { ConsoleContext } from "./context.ts";
import { dashboardRoutes } from "./dashboards/routes.tsx";
import { deadLetterRoutes } from "./dead-letters/routes.tsx";
import { deliveryRoutes } from "./deliveries/routes.tsx";
import { ErrorPage } from "./error-page.tsx";
import { explainRoutes } from "./explain/routes.tsx";
import { queryRoutes } from "./query/routes.tsx";
import { requireSameSite } from "./same-site.ts";
import { scheduleRoutes } from "./schedules/routes.tsx";
import { sendPage } from "./send-page.ts";
import { ShortcutsPage } from "./shortcuts-page.tsx";
import { slackRoutes } from "./slack/routes.tsx";
import { streamChanges } from "./stream-changes.ts";
import { triggerRoutes } from "./trigger/routes.tsx";

/** The first part of the path of each page. */
const pages = [
  "",
  "deliveries",
  "slack",
  "dashboards",
  "explain",
  "query",
  "schedules",
  "connect",
  "shortcuts",
  "trigger",
  "dead-letters",
];
const echarts = dirname(createRequire(import.meta.url).resolve("echarts/dist/echarts.min.js"));
const assets = fileURLToPath(new URL("assets/", import.meta.url));
/** Those that the console in the cloud has too. */
const sharedAssets = fileURLToPath(new URL("../../shared/console/assets/", import.meta.url));
const docs = fileURLToPath(new URL("../../docs/", import.meta.url));

/**
 * Whether a request is for a page of the console. The Slack page and the function slack share a path: a GET that accepts HTML is
 * for the page, every other request for the function.
 */
export function isPageRequest({ method, url = "", headers }: IncomingMessage): boolean {
  const first = url.split(/[/?]/)[1] ?? "";
  return method === "GET" && pages.includes(first) && (headers.accept ?? "").includes("text/html");
}

/** The console: pages at `/`, their assets under `/_console`. */
export function consoleRoutes(context: ConsoleContext): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(requireSameSite);
  app.use("/_console", express.static(assets), express.static(sharedAssets), express.static(echarts));
  app.use("/_console/docs", express.static(docs, { setHeaders: sendAsText }));
  app.get("/_console/query-editor.js", bundledScript(new URL("query/editor.js", import.meta.url)));
  app.get("/_console/changes", (request, response) => streamChanges(context.changes, request, response));
  app.get("/connect", (_request, response) =>
    sendPage(response, createElement(ConnectPage, { functions: context.functions, url: context.url() })),
  );
  app.get("/shortcuts", (_request, response) =>
    sendPage(response, createElement(ShortcutsPage, { url: context.url() })),
  );
  app.get("/deliveries", (_request, response) => response.redirect("/"));
  app.use(
    deliveryRoutes(context),
    slackRoutes(context),
    triggerRoutes(context),
    queryRoutes(),
    dashboardRoutes(context),
    explainRoutes(),
    scheduleRoutes(context),
    deadLetterRoutes(context),
  );
  app.use(sendNotFound, sendFailure);
  return app;
}

/** Browsers download Markdown instead of showing it. */
function sendAsText(response: ServerResponse, path: string) {
  if (path.endsWith(".md")) response.setHeader("Content-Type", "text/plain; charset=utf-8");
}

/** A page for browsers; scripts get JSON from the next handler. */
function sendNotFound(request: Request, response: Response, next: NextFunction) {
  if (request.accepts(["json", "html"]) !== "html") return next();
  sendPage(response, createElement(ErrorPage, { message: `There is no page ${request.path}.` }), 404);
}

/** A page that failed. Scripts get JSON from the next handler. */
function sendFailure(error: Error, request: Request, response: Response, next: NextFunction) {
  if (response.headersSent || request.accepts(["json", "html"]) !== "html") return next(error);
  console.error(error);
  const advice =
    "Reload the page. If it fails again, the terminal of npm start has the whole error; npm start -- --fresh begins without the state in .local.";
  sendPage(
    response,
    createElement(ErrorPage, { title: "This page failed", message: error.message, advice }),
    500,
  );
}
