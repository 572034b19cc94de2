import express, { Router } from "express";
import { sendCsv } from "../csv.ts";
import { sendPage } from "../send-page.ts";
import { QueryPage } from "./query-page.tsx";
import { readSchema } from "./read-schema.ts";
import { runQuery } from "./run-query.ts";

const example = `SELECT source, type, COUNT(*) AS events
FROM product_eng.events_deduplicated
GROUP BY source, type
ORDER BY events DESC`;

/** The query page. A link fills in a statement and does not run it: a statement may change rows. */
export function queryRoutes(): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: "2mb" });

  router.get("/query", async (request, response) => {
    const { sql } = request.query;
    const statement = typeof sql === "string" ? sql : example;
    sendPage(response, <QueryPage sql={statement} schema={await readSchema()} />);
  });

  router.post("/query", form, async (request, response) => {
    const sql = String(request.body.sql ?? "");
    const outcome = await runOrExplain(sql);
    const page = <QueryPage sql={sql} schema={await readSchema()} {...outcome} />;
    sendPage(response, page, "error" in outcome ? 400 : 200);
  });

  router.post("/query.csv", form, async (request, response) => {
    const sql = String(request.body.sql ?? "");
    const outcome = await runOrExplain(sql);
    if ("result" in outcome) return sendCsv(response, "query", outcome.result.columns, outcome.result.rows);
    sendPage(response, <QueryPage sql={sql} schema={await readSchema()} {...outcome} />, 400);
  });
  return router;
}

async function runOrExplain(sql: string) {
  try {
    return { result: await runQuery(sql) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
