import express, { type Express } from "express";
import { z } from "zod";
import { consoleRoutes } from "../../console/console-routes.ts";
import type { ConsoleContext } from "../../console/context.ts";
import { readEffects } from "../../console/deliveries/read-effects.ts";
import { queryApi } from "../../console/query/routes.tsx";
import { sendJsonError } from "../../console/send-json-error.ts";
import type { DemoDate } from "../../demo/demo-date.ts";
import type { FactFreshness } from "../fact-freshness.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { listEvents, listUnfinished } from "../gateway/list-events.ts";
import { replayDelivery } from "../gateway/replay.ts";
import { localGitHubRoutes } from "./github-routes.ts";
import { localSlackRoutes } from "./slack-routes.ts";

export interface LocalContext extends ConsoleContext {
  gateway: Gateway;
  facts: FactFreshness;
  demoDate: DemoDate;
}

/** The JSON API for people and tests under `/_local`, and the console. */
export function localRoutes(context: LocalContext): Express {
  const { functions, gateway, facts, deliveryLog, demoDate, github, schedules, slack, url } = context;
  const app = express();
  app.disable("x-powered-by");

  app.get("/_local/events", (request, response) => {
    const limit = Number(request.query.limit ?? 1000);
    const events = listEvents(deliveryLog);
    response.json({
      total: events.length,
      events: events.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 1000),
    });
  });

  app.get("/_local/events/:id", async (request, response) => {
    const effects = await readEffects(context, request.params.id);
    if (effects.deliveries.length > 0) response.json(effects);
    else response.status(404).json({ error: `No event has the id ${request.params.id}` });
  });

  app.post("/_local/events/:id/replay", async (request, response) => {
    const delivery = deliveryLog.history(request.params.id).deliveries.at(-1);
    if (!delivery)
      return void response.status(404).json({ error: `No event has the id ${request.params.id}` });
    const folder = functions.find(({ name }) => name === delivery.source);
    if (!folder) return void response.status(410).json({ error: `There is no function ${delivery.source}` });
    response.json(await replayDelivery(url(), folder, { ...delivery, body: deliveryLog.readBody(delivery) }));
  });

  app.use(localSlackRoutes({ functions, slack, url }));

  app.use(localGitHubRoutes(github), queryApi());

  app.post("/_local/demo", express.json(), (request, response) => {
    const date = z.iso.date().safeParse(request.body?.date);
    if (date.success) response.json({ date: demoDate.choose(date.data) });
    else response.status(400).json({ error: 'Send {"date": "YYYY-MM-DD"} as application/json' });
  });

  app.get("/_local/schedules", (_request, response) => void response.json({ schedules: schedules.list() }));

  app.post("/_local/schedule/:name", async (request, response) => {
    const run = await schedules.run(request.params.name);
    if (run) response.status(run.status).json(run.response);
    else response.status(404).json({ error: `No scheduled function has the name ${request.params.name}` });
  });

  app.get("/_local/idle", (request, response) => {
    const waiting = listUnfinished(deliveryLog, functions);
    const isSettled = gateway.inFlight === 0 && waiting.length === 0;
    // A sender that goes on needs no fresh facts.
    const idle = isSettled && (request.query.facts === "later" || facts.check());
    response.status(idle ? 200 : 409).json({
      idle,
      inFlight: gateway.inFlight,
      waiting: isSettled && !idle ? ["the refresh of the facts"] : waiting.slice(0, 100),
    });
  });

  app.use("/_local", sendJsonError);
  app.use(consoleRoutes(context));
  app.use((_request, response) => void response.status(404).json({ error: "Not found" }));
  return app;
}
