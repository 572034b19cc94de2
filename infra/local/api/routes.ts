import express, { type Express } from "express";
import { createElement } from "react";
import { z } from "zod";
import { consoleRoutes } from "../../console/console-routes.ts";
import type { ConsoleContext } from "../../console/context.ts";
import { readEffects } from "../../console/deliveries/read-effects.ts";
import { LocalApiPage } from "../../console/local-api-page.tsx";
import { addQueryEndpoint } from "../../console/query/query-endpoint.ts";
import { sendJsonError } from "../../console/send-json-error.ts";
import { sendPage } from "../../console/send-page.ts";
import type { DemoDate } from "../../demo/demo-date.ts";
import type { FactFreshness } from "../fact-freshness.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { listEvents, listUnfinished } from "../gateway/list-events.ts";
import { replayDelivery } from "../gateway/replay.ts";
import { addGitHubEndpoints } from "./github-routes.ts";
import { LocalApi } from "./local-api.ts";
import { addSlackEndpoints } from "./slack-routes.ts";

export interface LocalContext extends ConsoleContext {
  gateway: Gateway;
  facts: FactFreshness;
  demoDate: DemoDate;
}

/** The JSON API for people and tests under `/_local`, and the console. */
export function localRoutes(context: LocalContext): Express {
  const { functions, gateway, facts, deliveryLog, demoDate, github, schedules, slack, url } = context;
  const api = new LocalApi();

  api.get(
    "/_local",
    "Lists these endpoints: a page for a browser, JSON for a program.",
    (request, response) => {
      const { endpoints } = api;
      if (request.accepts(["json", "html"]) !== "html") return void response.json({ endpoints });
      sendPage(response, createElement(LocalApiPage, { endpoints, url: url() }));
    },
  );

  api.get(
    "/_local/events",
    "Lists the events, newest first, with the outcome of each subscriber; the newest 1,000, or ?limit=<n>.",
    (request, response) => {
      const limit = Number(request.query.limit ?? 1000);
      const events = listEvents(deliveryLog);
      response.json({
        total: events.length,
        events: events.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 1000),
      });
    },
  );

  api.get(
    "/_local/events/:id",
    "Returns what an event caused: deliveries, subscribers, rows and Slack messages.",
    async (request, response) => {
      const effects = await readEffects(context, request.params.id);
      if (effects.deliveries.length > 0) response.json(effects);
      else response.status(404).json({ error: `No event has the id ${request.params.id}` });
    },
  );

  api.post(
    "/_local/events/:id/replay",
    {
      summary:
        "Sends the latest delivery of an event again through the source function, with a fresh signature.",
    },
    async (request, response) => {
      const delivery = deliveryLog.history(request.params.id).deliveries.at(-1);
      if (!delivery)
        return void response.status(404).json({ error: `No event has the id ${request.params.id}` });
      const folder = functions.find(({ name }) => name === delivery.source);
      if (!folder)
        return void response.status(410).json({ error: `There is no function ${delivery.source}` });
      response.json(
        await replayDelivery(url(), folder, { ...delivery, body: deliveryLog.readBody(delivery) }),
      );
    },
  );

  addSlackEndpoints(api, { functions, slack, url });
  addGitHubEndpoints(api, github);
  addQueryEndpoint(api);

  api.post(
    "/_local/demo",
    {
      summary:
        "Adds the month before a demo's day to the GitHub emulator, and returns that day: the one of the first demo, if one was sent before.",
      body: '{"date": "YYYY-MM-DD"}',
    },
    express.json(),
    (request, response) => {
      const date = z.iso.date().safeParse(request.body?.date);
      if (date.success) response.json({ date: demoDate.choose(date.data) });
      else response.status(400).json({ error: 'Send {"date": "YYYY-MM-DD"} as application/json' });
    },
  );

  api.get(
    "/_local/schedules",
    "Lists the scheduled functions with their next times and latest runs.",
    (_request, response) => void response.json({ schedules: schedules.list() }),
  );

  api.post(
    "/_local/schedule/:name",
    { summary: "Runs a scheduled function now, and returns its summary." },
    async (request, response) => {
      const run = await schedules.run(request.params.name);
      if (run) response.status(run.status).json(run.response);
      else response.status(404).json({ error: `No scheduled function has the name ${request.params.name}` });
    },
  );

  api.get(
    "/_local/idle",
    "Responds 200 when nothing is in flight, waiting for a retry, or not yet in the facts that views read, else 409; ?facts=later does not wait for the facts.",
    (request, response) => {
      const waiting = listUnfinished(deliveryLog, functions);
      const isSettled = gateway.inFlight === 0 && waiting.length === 0;
      // A sender that goes on needs no fresh facts.
      const idle = isSettled && (request.query.facts === "later" || facts.check());
      response.status(idle ? 200 : 409).json({
        idle,
        inFlight: gateway.inFlight,
        waiting: isSettled && !idle ? ["the refresh of the facts"] : waiting.slice(0, 100),
      });
    },
  );

  const app = express();
  app.disable("x-powered-by");
  app.use(api.router);
  app.use("/_local", sendJsonError);
  app.use(consoleRoutes(context));
  app.use((_request, response) => void response.status(404).json({ error: "Not found" }));
  return app;
}
