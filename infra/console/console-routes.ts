import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Express } from "express";
import type { ConsoleContext } from "./context.ts";
import { dashboardRoutes } from "./dashboards/routes.tsx";
import { deliveryRoutes } from "./deliveries/routes.tsx";
import { queryRoutes } from "./query/routes.tsx";
import { requireSameSite } from "./same-site.ts";
import { slackRoutes } from "./slack/routes.tsx";
import { streamChanges } from "./stream-changes.ts";

/** The first part of the path of each page. */
const pages = ["", "deliveries", "slack", "dashboards", "query"];
const echarts = dirname(createRequire(import.meta.url).resolve("echarts/dist/echarts.min.js"));
const assets = fileURLToPath(new URL("assets/", import.meta.url));

/**
 * Whether a browser asks for a page of the console. The one of Slack has the path of the function: whoever sends that something,
 * or asks without wanting a page, gets to the function.
 */
export function isPageRequest({ method, url = "", headers }: IncomingMessage): boolean {
  const first = url.split(/[/?]/)[1] ?? "";
  return method === "GET" && pages.includes(first) && (headers.accept ?? "").includes("text/html");
}

/** What a developer of the suite looks at: pages at `/`, and under `/_console` what they are made with. */
export function consoleRoutes(surface: ConsoleContext): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(requireSameSite);
  app.use("/_console", express.static(assets), express.static(echarts));
  app.get("/_console/changes", (request, response) => streamChanges(surface.changes, request, response));
  app.use(deliveryRoutes(surface), slackRoutes(surface), queryRoutes(), dashboardRoutes(surface));
  return app;
}
