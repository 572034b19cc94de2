import express from "express";
import { z } from "zod";
import { formatIssues } from "../../../shared/format-issues.ts";
import { addDelivery } from "../../emulators/github/deliveries/delivery-log.ts";
import type { Services } from "../services.ts";
import type { LocalApi } from "./local-api.ts";

/** GitHub's limit of a payload: https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_PAYLOAD = "25mb";

const body = z.strictObject({
  event: z.string().regex(/^[a-z_]+$/),
  payload: z.record(z.string(), z.unknown()),
  /** Of the response that GitHub got; 0: none. */
  status_code: z.int().min(0).max(599).default(503),
  /** X-GitHub-Delivery; by default a new one. */
  guid: z.string().min(1).optional(),
});

/** Adds `POST /_local/github/deliveries`: 201 with the `{"id", "guid"}` of the attempt. */
export function addGitHubEndpoints(api: LocalApi, github: Services["github"]): void {
  const described = {
    summary: "Adds an attempt to the delivery log of the local GitHub App, and delivers nothing.",
    body: '{"event": "push", "payload": {…}, "status_code"?: 503, "guid"?}',
  };
  const parse = express.json({ limit: MAX_PAYLOAD });
  api.post("/_local/github/deliveries", described, parse, (request, response) => {
    if (!github)
      return void response.status(404).json({ error: "GITHUB_API_URL does not name the GitHub emulator" });
    const parsed = body.safeParse(request.body);
    if (!parsed.success) return void response.status(400).json({ error: formatIssues(parsed.error) });
    const { event, payload, status_code: statusCode, guid } = parsed.data;
    const { state } = github.current;
    state.hookDeliveries ??= [];
    const added = addDelivery(state.hookDeliveries, { event, payload, statusCode, ...(guid && { guid }) });
    response.status(201).json({ id: added.id, guid: added.guid });
  });
}
