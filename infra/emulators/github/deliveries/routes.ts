import type { Express, Request, RequestHandler } from "express";
import { equalsIgnoreCase, pathParam } from "../request.ts";
import { sendError, sendNotFound } from "../send-error.ts";
import type { GitHubState } from "../state.ts";
import { type HookDelivery, listDeliveries, redeliver, type Webhook } from "./delivery-log.ts";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

/**
 * The delivery log of the App's webhook: https://docs.github.com/rest/apps/webhooks
 *
 * @param asApp middleware that requires the App's JWT
 * @param webhook without it, redeliveries get no response
 */
export function deliveryRoutes(app: Express, state: GitHubState, asApp: RequestHandler, webhook?: Webhook) {
  state.hookDeliveries ??= [];
  const log = state.hookDeliveries;
  logRoutes(app, "/app/hook", () => log, webhook, asApp);
}

/**
 * The delivery logs of webhooks of organizations and repositories: https://docs.github.com/rest/orgs/webhooks,
 * https://docs.github.com/rest/repos/webhooks
 */
export function hookRoutes(app: Express, state: GitHubState, webhook?: Webhook) {
  for (const owner of ["/orgs/:owner", "/repos/:owner/:repo"]) {
    const find = ({ params: { owner: login, repo, hook } }: Request) => {
      const path = `${repo === undefined ? `orgs/${login}` : `repos/${login}/${repo}`}/hooks/${hook}`;
      return state.hooks?.find((each) => equalsIgnoreCase(each.path, path))?.deliveries;
    };
    logRoutes(app, `${owner}/hooks/:hook`, find, webhook);
  }
}

function logRoutes(
  app: Express,
  path: string,
  findLog: (request: Request) => HookDelivery[] | undefined,
  webhook?: Webhook,
  ...guards: RequestHandler[]
) {
  const find = (request: Request) =>
    listDeliveries(findLog(request) ?? []).find(({ id }) => String(id) === pathParam(request, "id"));

  app.get(`${path}/deliveries`, ...guards, (request, response) => {
    const log = findLog(request);
    if (!log) return sendNotFound(response);
    const { cursor, per_page } = request.query;
    const size = Math.min(Number(per_page) > 0 ? Number(per_page) : DEFAULT_SIZE, MAX_SIZE);
    const before = cursor === undefined ? Number.POSITIVE_INFINITY : parseCursor(cursor);
    if (before === undefined) return sendError(response, 422, "Validation Failed");
    const rest = listDeliveries(log).filter(({ id }) => id < before);
    const page = rest.slice(0, size);
    if (rest.length > size) {
      const next = new URL(request.originalUrl, `http://${request.headers.host}`);
      next.searchParams.set("cursor", `v1_${page.at(-1)?.id}`);
      response.links({ next: next.href });
    }
    response.json(page.map(itemJson));
  });

  app.get(`${path}/deliveries/:id`, ...guards, (request, response) => {
    const delivery = find(request);
    if (!delivery) return sendNotFound(response);
    const headers = { "X-GitHub-Delivery": delivery.guid, "X-GitHub-Event": delivery.event };
    response.json({
      ...itemJson(delivery),
      url: webhook?.url ?? "",
      request: { headers, payload: delivery.payload },
      response: { headers: {}, payload: null },
    });
  });

  app.post(`${path}/deliveries/:id/attempts`, ...guards, async (request, response) => {
    const [log, delivery] = [findLog(request), find(request)];
    if (!log || !delivery) return sendNotFound(response);
    // GitHub responds at once. Here the attempt is over with the response, so that a caller knows when the suite has it.
    await redeliver(log, delivery, webhook ?? { url: "", secret: () => "" });
    response.status(202).json({});
  });
}

function itemJson({ id, guid, deliveredAt, redelivery, duration, statusCode, event, payload }: HookDelivery) {
  return {
    id,
    guid,
    delivered_at: deliveredAt,
    redelivery,
    duration,
    status: statusCode >= 200 && statusCode < 300 ? "OK" : "Invalid HTTP Response",
    status_code: statusCode,
    event,
    action: typeof payload.action === "string" ? payload.action : null,
    installation_id: idOf(payload.installation),
    repository_id: idOf(payload.repository),
    throttled_at: null,
  };
}

function idOf(value: unknown): number | null {
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === "number" ? id : null;
}

/** Cursors are opaque to clients. */
function parseCursor(cursor: unknown): number | undefined {
  const id = /^v1_(\d+)$/.exec(String(cursor))?.[1];
  return id === undefined ? undefined : Number(id);
}
