import express from "express";
import { z } from "zod";
import type { LocalApi } from "../../local/api/local-api.ts";
import { ChangeError, requireRead, runQuery } from "./run-query.ts";

const apiBody = z.object({ sql: z.string(), allowChanges: z.boolean().optional() });

/** Adds `POST /_local/query`: rows as JSON, and the number of changed rows. 400 with BigQuery's message. */
export function addQueryEndpoint(api: LocalApi): void {
  const described = {
    summary: "Runs GoogleSQL over the local warehouse; a statement that changes it needs allowChanges.",
    body: '{"sql": "SELECT …", "allowChanges"?: true}',
  };
  api.post("/_local/query", described, express.json({ limit: "2mb" }), async (request, response) => {
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
}
