import { randomBytes } from "node:crypto";
import express, { type Request, type Response, Router } from "express";
import { sendCsv } from "../csv.ts";
import { sendPage } from "../send-page.ts";
import { QueryPage, type QueryPageProps } from "./query-page.tsx";
import { readDescriptions } from "./read-descriptions.ts";
import { readSchema } from "./read-schema.ts";
import { ChangeError, checkStatement, requireRead, runQuery } from "./run-query.ts";

const example = `SELECT source, type, COUNT(*) AS events
FROM product_eng.events_deduplicated
GROUP BY source, type
ORDER BY events DESC`;

/** The query page. A link fills in a statement and does not run it. A statement that changes rows runs once it is confirmed. */
export function queryRoutes(): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: "2mb" });

  router.get("/query", async (request, response) => {
    const { sql } = request.query;
    const statement = typeof sql === "string" ? sql : example;
    await sendQueryPage(response, { sql: statement });
  });

  // The editor asks while somebody types. Nothing runs.
  router.post("/query/check", form, async (request, response) => {
    try {
      response.json(await checkStatement(String(request.body.sql ?? "")));
    } catch (error) {
      response.json({ error: (error as Error).message });
    }
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

type Outcome = Pick<QueryPageProps, "sql" | "result" | "bytes" | "error" | "change">;

async function runOrExplain({ body }: Request): Promise<Outcome> {
  const sql = String(body.sql ?? "");
  try {
    const bytes = body.confirmed === "yes" ? undefined : await requireRead(sql);
    return { sql, result: await runQuery(sql), ...(bytes !== undefined && { bytes }) };
  } catch (error) {
    const { message } = error as Error;
    return error instanceof ChangeError ? { sql, change: message } : { sql, error: message };
  }
}

async function sendOutcome(response: Response, outcome: Outcome) {
  const status = outcome.change ? 409 : outcome.error === undefined ? 200 : 400;
  await sendQueryPage(response, outcome, status);
}

// The definitions are applied when the suite starts: a change shows after the next start.
let descriptions: ReturnType<typeof readDescriptions> | undefined;

async function sendQueryPage(response: Response, outcome: Outcome, status = 200) {
  descriptions ??= readDescriptions();
  // The editor adds its styles from the script, which the page's policy allows with a nonce only.
  const styleNonce = randomBytes(16).toString("base64");
  const page = (
    <QueryPage schema={await readSchema(await descriptions)} styleNonce={styleNonce} {...outcome} />
  );
  sendPage(response, page, status, { styleNonce });
}
