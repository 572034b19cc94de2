import express, { type Response, Router } from "express";
import { HttpError } from "../../../shared/webhook/delivery.ts";
import { findEventName, type ReplayOverrides, replayDelivery } from "../../local/gateway/replay.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { applyEdit, asNewEvent } from "./apply-edit.ts";
import { BulkPage, BulkProgressPage } from "./bulk-page.tsx";
import { BulkReplays } from "./bulk-replays.ts";
import { decodeBody } from "./decode-body.ts";
import type { DeliverySummaries } from "./delivery-summary.ts";
import { EditPage, MAX_EDITED_BYTES, TooLargePage } from "./edit-page.tsx";
import { readBulkChoice } from "./read-bulk-choice.ts";
import { replayAndWait } from "./replay-and-wait.ts";
import { findDelivery, findWithSource, type NamedDelivery, readRequest } from "./respond-delivery.tsx";

const form = express.urlencoded({ extended: false, limit: "64mb" });

/** Replays of one delivery, as it is or edited, and of many. */
export function replayRoutes(context: ConsoleContext, summaries: DeliverySummaries): Router {
  const router = Router();
  router.post("/deliveries/:number/replay", form, async (request, response) => {
    const named = findWithSource(context, request, response);
    if (!named) return;
    const isNew = request.body?.as === "new";
    await replay(context, named, isNew ? await asNewEvent(named.folder, named.request) : {}, response);
  });

  router.get("/deliveries/:number/edit", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    if (delivery.body.bytes > MAX_EDITED_BYTES) return sendPage(response, <TooLargePage {...delivery} />);
    const body = decodeBody(context.deliveryLog.readBody(delivery));
    const text = "json" in body ? JSON.stringify(body.json, null, 2) : body.text;
    const event = findEventName(delivery.headers);
    sendPage(response, <EditPage {...delivery} body={text} event={event} />);
  });

  router.post("/deliveries/:number/edit", form, async (request, response) => {
    const named = findWithSource(context, request, response);
    if (!named) return;
    const { body = "", event } = request.body as { body?: string; event?: string };
    try {
      const edited = { body, ...(event !== undefined && { event }) };
      await replay(context, named, await applyEdit(named.folder, named.request, edited), response);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const page = <EditPage {...named.delivery} body={body} event={event} error={error.message} />;
      sendPage(response, page, error.status);
    }
  });
  return router.use(bulkRoutes(context, summaries));
}

async function replay(
  context: ConsoleContext,
  { delivery, folder }: NamedDelivery,
  overrides: ReplayOverrides,
  response: Response,
) {
  const number = await replayAndWait(context, folder, delivery, overrides);
  if (number !== undefined) return response.redirect(303, `/deliveries/${number}`);
  const message = `The replay of #${delivery.number} was sent, and not recorded: its connection broke.`;
  sendPage(response, <ErrorPage title="Not recorded" message={message} />, 504);
}

function bulkRoutes(context: ConsoleContext, summaries: DeliverySummaries): Router {
  const { deliveryLog, functions, url } = context;
  const router = Router();
  const replays = new BulkReplays(async (number, asNew) => {
    const delivery = deliveryLog.delivery(number);
    const folder = functions.find(({ name }) => name === delivery?.source);
    if (!delivery || !folder) return 0;
    const request = readRequest(context, delivery);
    const overrides = asNew ? await asNewEvent(folder, request) : {};
    return (await replayDelivery(url(), folder, request, overrides)).status;
  });

  router.get("/deliveries/replay", (request, response) => {
    sendPage(response, <BulkPage choice={readBulkChoice(request.query, deliveryLog, summaries)} />);
  });

  router.post("/deliveries/replay", form, (request, response) => {
    const { deliveries, asNew, perSecond } = readBulkChoice(request.body, deliveryLog, summaries);
    const numbers = deliveries.map(({ number }) => number);
    const { id } = replays.start({ numbers, asNew, perSecond });
    response.redirect(303, `/deliveries/replays/${id}`);
  });

  router.get("/deliveries/replays/:id", (request, response) => {
    const found = replays.find(request.params.id);
    if (found) return sendPage(response, <BulkProgressPage replay={found} />);
    const message = "This replay ended before the suite was started again. Its deliveries are in the list.";
    sendPage(response, <ErrorPage message={message} />, 404);
  });

  router.post("/deliveries/replays/:id/stop", (request, response) => {
    replays.stop(request.params.id);
    response.redirect(303, `/deliveries/replays/${request.params.id}`);
  });
  return router;
}
