import { fileURLToPath } from "node:url";
import { type Request, type Response, Router } from "express";
import { demoHeader } from "../../demo/delivery.ts";
import { type LookerDashboard, type LookerProject, readLookerProject } from "../../looker/read-project.ts";
import type { ConsoleContext } from "../context.ts";
import { sendCsv } from "../csv.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import type { FilterValues } from "./build-query.ts";
import { DashboardPage } from "./dashboard-page.tsx";
import { parseDefaultPeriod, parsePeriod } from "./period.ts";
import { readChoices } from "./read-choices.ts";
import { runElement } from "./run-element.ts";

const lookerDir = fileURLToPath(new URL("../../looker/", import.meta.url));

/** The dashboards of the Looker project. Each request reads the project again, so a reload shows a changed file. */
export function dashboardRoutes({ deliveryLog }: Pick<ConsoleContext, "deliveryLog">): Router {
  const router = Router();
  router.get("/dashboards", async (_request, response) => {
    const { dashboards } = await readLookerProject(lookerDir);
    const first = dashboards.find(({ dashboard }) => dashboard === "delivery") ?? dashboards[0];
    response.redirect(`/dashboards/${first?.dashboard ?? ""}`);
  });

  router.get("/dashboards/:name/:element.csv", async (request, response) => {
    const project = await readLookerProject(lookerDir);
    const dashboard = project.dashboards.find((each) => each.dashboard === request.params.name);
    const element = dashboard?.elements.find(({ name }) => name === request.params.element);
    if (!dashboard || !element) return notFound(response, "element");
    const { columns, rows, error } = await runElement(
      project,
      element,
      readFilterValues(project, dashboard, request),
    );
    if (error !== undefined) return void response.status(400).type("text/plain").send(error);
    const names = columns.map(({ name }) => name);
    sendCsv(response, `${dashboard.dashboard}-${element.name}`, names, rows);
  });

  router.get("/dashboards/:name", async (request, response) => {
    const project = await readLookerProject(lookerDir);
    const dashboard = project.dashboards.find((each) => each.dashboard === request.params.name);
    if (!dashboard) return notFound(response, "dashboard");
    const values = readFilterValues(project, dashboard, request);
    const sorted = dashboard.elements.toSorted((a, b) => a.row - b.row || a.col - b.col);
    const [choices, tiles] = await Promise.all([
      readChoices(project, dashboard),
      Promise.all(sorted.map((element) => runElement(project, element, values))),
    ]);
    const isDemo = deliveryLog.deliveries().some(({ headers }) => demoHeader in headers);
    const { dashboards } = project;
    const hasOwnPeriod = "from" in request.query || "to" in request.query;
    const timeZone = project.constants.TIME_ZONE ?? "UTC";
    const page = { dashboards, dashboard, values, timeZone, hasOwnPeriod, choices, tiles, isDemo };
    sendPage(response, <DashboardPage {...page} />);
  });
  return router;
}

/** Reads the filter values from a request's query, with the dashboard's defaults. */
function readFilterValues(
  { constants }: Pick<LookerProject, "constants">,
  { filters }: LookerDashboard,
  { query }: Request,
): FilterValues {
  const timeZone = constants.TIME_ZONE ?? "UTC";
  const period = filters.find(({ type }) => type === "date_filter");
  const others = filters.filter(({ type }) => type === "field_filter");
  const fields = others.map(({ name, default_value }) => {
    const given = query[name];
    return [name, typeof given === "string" ? given : default_value];
  });
  return {
    periodName: period?.name ?? "",
    period: parsePeriod(query, parseDefaultPeriod(period?.default_value ?? "28 days", timeZone)),
    fields: Object.fromEntries(fields),
  };
}

function notFound(response: Response, what: string) {
  sendPage(response, <ErrorPage message={`The Looker project has no such ${what}.`} />, 404);
}
