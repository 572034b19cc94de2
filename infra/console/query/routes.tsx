import express, { type Request, type Response, Router } from "express";
import { z } from "zod";
import { sendCsv } from "../csv.ts";
import { sendJsonError } from "../send-json-error.ts";
import { sendPage } from "../send-page.ts";
import { QueryPage, type QueryPageProps } from "./query-page.tsx";
import { readSchema } from "./read-schema.ts";
import { ChangeError, requireRead, runQuery } from "./run-query.ts";

const example = `SELECT source, type, COUNT(*) AS events
FROM product_eng.events_deduplicated
GROUP BY source, type
ORDER BY events DESC`;

const apiBody = z.object({ sql: z.string(), allowChanges: z.boolean().optional() });

/** `POST /_local/query {"sql", "allowChanges"?}`: rows as JSON, and the number of changed rows. 400 with BigQuery's message. */
export function queryApi(): Router {
  const router = Router();
  router.post("/_local/query", express.json({ limit: "2mb" }), async (request, response) => {
    const body = apiBody.safeParse(request.body);
    if (!body.success)
      return void response.status(400).json({ error: 'Send {"sql": "SELECT …"} as application/json' });
    try {
      const { sql, allowChanges } = body.data;
      if (!allowChanges) await requireRead(sql);
      const { rows, affectedRows } = await runQuery(sql);
      response.json({ rows, ...(affectedRows !== undefined && { affectedRows }) });
    } catch (error) {
      const advice = error instanceof ChangeError ? ' Add "allowChanges": true to run it.' : "";
      response.status(400).json({ error: `${(error as Error).message}${advice}` });
    }
  });
  router.use("/_local/query", sendJsonError);
  return router;
}

/** The query page. A link fills in a statement and does not run it. A statement that changes rows runs once it is confirmed. */
export function queryRoutes(): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: "2mb" });

  router.get("/query", async (request, response) => {
    const { sql } = request.query;
    const statement = typeof sql === "string" ? sql : example;
    sendPage(response, <QueryPage sql={statement} schema={await readSchema()} />);
  });

  router.post("/query", form, async (request, response) => {
    const outcome = await runOrExplain(request);
    await sendOutcome(response, outcome);
  });

  router.post("/query.csv", form, async (request, response) => {
    const outcome = await runOrExplain(request);
    const { result } = outcome;
    if (result) sendCsv(response, "query", result.columns, result.rows);
    else await sendOutcome(response, outcome);
  });
  return router;
}

type Outcome = Pick<QueryPageProps, "sql" | "result" | "error" | "change">;

async function runOrExplain({ body }: Request): Promise<Outcome> {
  const sql = String(body.sql ?? "");
  try {
    if (body.confirmed !== "yes") await requireRead(sql);
    return { sql, result: await runQuery(sql) };
  } catch (error) {
    const { message } = error as Error;
    return error instanceof ChangeError ? { sql, change: message } : { sql, error: message };
  }
}

async function sendOutcome(response: Response, outcome: Outcome) {
  const status = outcome.change ? 409 : outcome.error === undefined ? 200 : 400;
  sendPage(response, <QueryPage schema={await readSchema()} {...outcome} />, status);
}
