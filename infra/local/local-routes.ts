import { BigQuery } from "@google-cloud/bigquery";
import express, { type Express, type Response } from "express";
import { z } from "zod";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import type { DemoDate } from "./demo/demo-date.ts";
import type { Door } from "./door.ts";
import { listEvents, unfinished } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { localSlackRoutes } from "./local-slack-routes.ts";
import { plainRow } from "./plain-row.ts";
import { resend } from "./resend.ts";
import type { Services } from "./services.ts";

export interface Surface {
  functions: FunctionFolder[];
  door: Door;
  ledger: Ledger;
  demoDate: DemoDate;
  slack: Services["slack"];
  /** Where the suite is reached, without a slash at its end. */
  url(): string;
}

/** The surface for people and tests, under `/_local`. */
export function localRoutes({ functions, door, ledger, demoDate, slack, url }: Surface): Express {
  const app = express();
  app.disable("x-powered-by");

  app.get("/_local/events", (request, response) => {
    const limit = Number(request.query.limit ?? 1000);
    const events = listEvents(ledger);
    response.json({
      total: events.length,
      events: events.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 1000),
    });
  });

  app.post("/_local/events/:id/replay", async (request, response) => {
    const delivery = ledger.deliveries().find(({ eventId }) => eventId === request.params.id);
    if (!delivery)
      return void response.status(404).json({ error: `No event has the id ${request.params.id}` });
    const folder = functions.find(({ name }) => name === delivery.source);
    if (!folder)
      return void response.status(410).json({ error: `There is no function ${delivery.source} any more` });
    response.json(await resend(url(), folder, delivery));
  });

  app.use(localSlackRoutes({ functions, slack, url }));

  app.post("/_local/query", express.json(), async (request, response) => {
    const sql: unknown = request.body?.sql;
    if (typeof sql !== "string")
      return void response.status(400).json({ error: 'Send {"sql": "SELECT …"} as application/json' });
    await answerQuery(sql, response);
  });

  app.post("/_local/demo", express.json(), (request, response) => {
    const date = z.iso.date().safeParse(request.body?.date);
    if (date.success) response.json({ date: demoDate.decide(date.data) });
    else response.status(400).json({ error: 'Send {"date": "YYYY-MM-DD"} as application/json' });
  });

  app.get("/_local/idle", (_request, response) => {
    const waiting = unfinished(ledger, functions);
    const idle = door.underWay === 0 && waiting.length === 0;
    response.status(idle ? 200 : 409).json({ idle, underWay: door.underWay, waiting: waiting.slice(0, 100) });
  });

  app.get("/", (_request, response) => {
    const names = functions
      .filter(({ manifest }) => "http" in manifest.trigger)
      .map(({ name }) => `POST /${name}`);
    response
      .type("text/plain")
      .send(
        [
          "ci-tooling, on this machine",
          "",
          ...names,
          "GET  /_local/events",
          "POST /_local/events/<id>/replay",
          "GET  /_local/slack/messages",
          "GET  /_local/slack/views",
          "GET  /_local/slack/workspace",
          'POST /_local/slack/say {"user", "text", "channel"?}',
          'POST /_local/slack/press {"channel", "ts" | "view_id", "user", "action_id", "value"?}',
          'POST /_local/query {"sql": "SELECT …"}',
          'POST /_local/demo {"date": "YYYY-MM-DD"}',
          "GET  /_local/idle",
          "",
        ].join("\n"),
      );
  });

  app.use((_request, response) => void response.status(404).json({ error: "There is nothing here" }));
  return app;
}

async function answerQuery(sql: string, response: Response) {
  try {
    const [rows] = await new BigQuery().query({ query: sql, parseJSON: true });
    response.json({ rows: rows.map(plainRow) });
  } catch (error) {
    response.status(400).json({ error: (error as Error).message });
  }
}
