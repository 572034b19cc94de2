import express, { type Request, type Response, Router } from "express";
import { HttpError } from "../../../shared/webhook/delivery.ts";
import type { DeliveryRecord } from "../../local/gateway/delivery-log.ts";
import { listUnfinished } from "../../local/gateway/list-events.ts";
import type { ReplayOverrides } from "../../local/gateway/replay.ts";
import { createSubscriptionMatchers } from "../../local/gateway/subscription-matchers.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { Message } from "../slack/message.tsx";
import { applyEdit, asNewEvent } from "./apply-edit.ts";
import { decodeBody } from "./decode-body.ts";
import { DeliveriesPage } from "./deliveries-page.tsx";
import { DeliveryPage } from "./delivery-page.tsx";
import { summarizeDeliveries } from "./delivery-summary.ts";
import { EditPage, MAX_EDITED_BYTES, TooLargePage } from "./edit-page.tsx";
import { deliveryFilter } from "./filter-deliveries.ts";
import { readWrittenRows } from "./read-written-rows.ts";
import { replayAndWait } from "./replay-and-wait.ts";

/** The list of deliveries, a page for each, and replays. */
export function deliveryRoutes(context: ConsoleContext): Router {
  const { deliveryLog, functions, maxDeliveryAttempts, url } = context;
  const router = Router();
  const subscriptions = createSubscriptionMatchers(functions);
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger).map(({ name }) => name);

  router.get("/", (request, response) => {
    sendPage(
      response,
      <DeliveriesPage
        deliveries={summarizeDeliveries(deliveryLog, subscriptions)}
        filter={deliveryFilter.parse(request.query)}
        sources={sources}
        maxDeliveryAttempts={maxDeliveryAttempts}
        unfinished={listUnfinished(deliveryLog, functions)}
        url={url()}
      />,
    );
  });

  router.get("/deliveries/:number", async (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    const { number, eventId } = delivery;
    const all = summarizeDeliveries(deliveryLog, subscriptions);
    const shown = all.find((each) => each.number === number);
    if (!shown) return;
    const sameEvent = all.filter((each) => eventId !== null && each.eventId === eventId);
    sendPage(
      response,
      <DeliveryPage
        delivery={delivery}
        shown={shown}
        siblings={sameEvent.map((each) => each.number).filter((each) => each !== number)}
        event={eventId === null ? undefined : deliveryLog.event(eventId)}
        {...(await readRows(context, eventId))}
        messages={renderMessages(context, eventId)}
        maxDeliveryAttempts={maxDeliveryAttempts}
      />,
    );
  });

  // Numbers begin anew with a fresh log; event ids last.
  router.get("/deliveries/event/:id", (request, response) => {
    const newest = deliveryLog.history(request.params.id).deliveries.at(-1);
    if (newest) return response.redirect(`/deliveries/${newest.number}`);
    const message = `No delivery has the event id ${request.params.id}.`;
    sendPage(response, <ErrorPage message={message} />, 404);
  });

  router.get("/deliveries/:number/payload", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    const isJson = (delivery.headers["content-type"] ?? "").includes("json");
    response.attachment(`delivery-${delivery.number}.${isJson ? "json" : "txt"}`);
    response.send(Buffer.from(delivery.body, "base64"));
  });

  const form = express.urlencoded({ extended: false, limit: "64mb" });
  router.post("/deliveries/:number/replay", form, async (request, response) => {
    const delivery = findDelivery(context, request, response);
    const folder = functions.find(({ name }) => name === delivery?.source);
    if (!delivery) return;
    const isNew = folder !== undefined && request.body?.as === "new";
    await replay(context, delivery, isNew ? await asNewEvent(folder, delivery) : {}, response);
  });

  router.get("/deliveries/:number/edit", (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    if (Buffer.byteLength(delivery.body, "base64") > MAX_EDITED_BYTES)
      return sendPage(response, <TooLargePage {...delivery} />);
    const body = decodeBody(delivery.body);
    const text = "json" in body ? JSON.stringify(body.json, null, 2) : body.text;
    sendPage(response, renderEditPage(delivery, text, delivery.headers["x-github-event"]));
  });

  router.post("/deliveries/:number/edit", form, async (request, response) => {
    const delivery = findDelivery(context, request, response);
    const folder = functions.find(({ name }) => name === delivery?.source);
    if (!delivery || !folder) return;
    const { body = "", event } = request.body as { body?: string; event?: string };
    try {
      const edited = { body, ...(event !== undefined && { event }) };
      await replay(context, delivery, await applyEdit(folder, delivery, edited), response);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      sendPage(response, renderEditPage(delivery, body, event, error.message), error.status);
    }
  });
  return router;
}

function renderEditPage({ number, source }: DeliveryRecord, body: string, event?: string, error?: string) {
  return (
    <EditPage
      number={number}
      source={source}
      body={body}
      event={event}
      {...(error !== undefined && { error })}
    />
  );
}

/** Finds the delivery that a path names. Responds 404 when there is none. */
function findDelivery(
  { deliveryLog }: ConsoleContext,
  request: Request,
  response: Response,
): DeliveryRecord | undefined {
  const delivery = deliveryLog.deliveries().find(({ number }) => String(number) === request.params.number);
  if (!delivery) {
    sendPage(response, <ErrorPage message={`No delivery has the number ${request.params.number}.`} />, 404);
  }
  return delivery;
}

async function replay(
  context: ConsoleContext,
  delivery: DeliveryRecord,
  overrides: ReplayOverrides,
  response: Response,
) {
  const folder = context.functions.find(({ name }) => name === delivery.source);
  if (!folder) {
    const message = `There is no function ${delivery.source}.`;
    return sendPage(response, <ErrorPage message={message} />, 410);
  }
  const number = await replayAndWait(context, folder, delivery, overrides);
  if (number !== undefined) return response.redirect(303, `/deliveries/${number}`);
  const message = `The replay of #${delivery.number} was sent, and not recorded: its connection broke.`;
  sendPage(response, <ErrorPage title="Not recorded" message={message} />, 504);
}

/** An error does not break the page: its other parts need no warehouse. */
async function readRows({ bigqueryDir }: ConsoleContext, eventId: string | null) {
  try {
    return { rows: eventId === null ? [] : await readWrittenRows(eventId, bigqueryDir) };
  } catch (error) {
    return { rows: [], rowsError: (error as Error).message };
  }
}

function renderMessages({ slack }: ConsoleContext, eventId: string | null) {
  if (!slack || eventId === null) return [];
  const { workspace } = slack.current;
  return workspace.messages
    .filter(({ events }) => events?.includes(eventId))
    .map((message) => (
      <Message key={`${message.channel} ${message.ts}`} message={message} workspace={workspace} withChannel />
    ));
}
