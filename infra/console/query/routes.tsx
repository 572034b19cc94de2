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

/** The page that asks the warehouse. A link can fill it in and not run it: a statement may change rows. */
export function queryRoutes(): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: "2mb" });

  router.get("/query", async (request, response) => {
    const { sql } = request.query;
    const asked = typeof sql === "string" ? sql : example;
    sendPage(response, <QueryPage sql={asked} schema={await readSchema()} />);
  });

  router.post("/query", form, async (request, response) => {
    const sql = String(request.body.sql ?? "");
    const answer = await runOrExplain(sql);
    const page = <QueryPage sql={sql} schema={await readSchema()} {...answer} />;
    sendPage(response, page, "error" in answer ? 400 : 200);
  });

  router.post("/query.csv", form, async (request, response) => {
    const sql = String(request.body.sql ?? "");
    const answer = await runOrExplain(sql);
    if ("result" in answer) return sendCsv(response, "query", answer.result.columns, answer.result.rows);
    sendPage(response, <QueryPage sql={sql} schema={await readSchema()} {...answer} />, 400);
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
