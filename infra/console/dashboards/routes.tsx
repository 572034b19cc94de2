import { fileURLToPath } from "node:url";
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import { demoHeader } from "../../demo/delivery.ts";
import { type LookerDashboard, type LookerProject, readLookerProject } from "../../looker/read-project.ts";
import type { ConsoleContext } from "../context.ts";
import { sendCsv } from "../csv.ts";
import { ErrorPage } from "../error-page.tsx";
import { runQuery } from "../query/run-query.ts";
import { sendPage } from "../send-page.ts";
import type { FilterValues } from "./build-query.ts";
import { buildRowsQuery, hasFields } from "./build-rows-query.ts";
import { DashboardPage, toSearchParams } from "./dashboard-page.tsx";
import { parseDefaultPeriod, parsePeriod } from "./period.ts";
import { readAnnotations } from "./read-annotations.ts";
import { readChoices } from "./read-choices.ts";
import { RowsPage } from "./rows-page.tsx";
import { runElement, runWithComparison } from "./run-element.ts";

const lookerDir = fileURLToPath(new URL("../../looker/", import.meta.url));

/** A value of a query's rows, as text that BigQuery casts it to. */
const castText = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d).*$/, "$1 $2"))
  .nullable();
const clickedValue = z.object({
  at: z
    .string()
    .default("{}")
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue("must be JSON");
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), castText)),
  measure: z.string().optional(),
});

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

  router.get("/dashboards/:name/:element/rows", async (request, response) => {
    const project = await readLookerProject(lookerDir);
    const dashboard = project.dashboards.find((each) => each.dashboard === request.params.name);
    const element = dashboard?.elements.find(({ name }) => name === request.params.element);
    if (!dashboard || !element) return notFound(response, "element");
    const values = readFilterValues(project, dashboard, request);
    const { data: clicked, error } = clickedValue.safeParse(request.query);
    if (error || !hasFields(project, element, clicked)) return notFound(response, "value");
    const { sql, params, columns } = buildRowsQuery(project, element, values, clicked);
    const { rows } = await runQuery(sql, params);
    const dashboardUrl = `/dashboards/${dashboard.dashboard}?${toSearchParams(values)}`;
    sendPage(response, <RowsPage {...{ dashboard, element, dashboardUrl, columns, rows }} at={clicked.at} />);
  });

  router.get("/dashboards/:name", async (request, response) => {
    const project = await readLookerProject(lookerDir);
    const dashboard = project.dashboards.find((each) => each.dashboard === request.params.name);
    if (!dashboard) return notFound(response, "dashboard");
    const values = readFilterValues(project, dashboard, request);
    const comparesCharts = request.query.compare === "1";
    const sorted = dashboard.elements.toSorted((a, b) => a.row - b.row || a.col - b.col);
    const timeZone = project.constants.TIME_ZONE ?? "UTC";
    const [choices, annotations, tiles] = await Promise.all([
      readChoices(project, dashboard),
      readAnnotations(values.period, timeZone),
      Promise.all(sorted.map((element) => runWithComparison(project, element, values, comparesCharts))),
    ]);
    const isDemo = deliveryLog.deliveries().some(({ headers }) => demoHeader in headers);
    const { dashboards } = project;
    const hasOwnPeriod = "from" in request.query || "to" in request.query;
    const shown = { dashboards, dashboard, values, timeZone, hasOwnPeriod, comparesCharts };
    const page = { ...shown, choices, tiles, annotations, isDemo };
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
