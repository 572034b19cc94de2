import { Router } from "express";
import type { LocalMessage } from "../../emulators/slack/workspace.ts";
import { listUnfinished } from "../../local/gateway/list-events.ts";
import type { DeliveryRecord, PushRecord } from "../../local/gateway/log-entries.ts";
import { createSubscriptionMatchers } from "../../local/gateway/subscription-matchers.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { buildConversationUrl } from "../slack/conversation-url.ts";
import { Message } from "../slack/message.tsx";
import { buildTimeline } from "./build-timeline.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { previewBody } from "./decode-body.ts";
import { DeliveriesPage } from "./deliveries-page.tsx";
import { DeliveryPage } from "./delivery-page.tsx";
import { DeliverySummaries, type DeliverySummary } from "./delivery-summary.ts";
import { exportRoutes } from "./export-routes.tsx";
import { deliveryFilter } from "./filter-deliveries.ts";
import { findDeliveries } from "./find-deliveries.ts";
import { numberMessages } from "./number-messages.ts";
import { readWrittenRows, type WrittenRows } from "./read-written-rows.ts";
import { replayRoutes } from "./replay-routes.tsx";
import { findDelivery } from "./respond-delivery.tsx";

/** The list of deliveries, a page for each, and replays. */
export function deliveryRoutes(context: ConsoleContext): Router {
  const { deliveryLog, functions, maxDeliveryAttempts, url } = context;
  const router = Router();
  const summaries = new DeliverySummaries(deliveryLog, createSubscriptionMatchers(functions));
  void summaries.warm();
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger).map(({ name }) => name);

  router.get("/", (request, response) => {
    const filter = deliveryFilter.parse(request.query);
    const all = summaries.list();
    sendPage(
      response,
      <DeliveriesPage
        {...findDeliveries(deliveryLog, summaries, filter)}
        quickFilters={countOutcomes(all)}
        suggestions={{
          types: listDistinct(all, "type"),
          repositories: listDistinct(all, "repository"),
          actors: listDistinct(all, "actor"),
        }}
        filter={filter}
        sources={sources}
        maxDeliveryAttempts={maxDeliveryAttempts}
        unfinished={listUnfinished(deliveryLog, functions)}
        url={url()}
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

  // Before /deliveries/:number, of which it could be a number.
  router.use(replayRoutes(context, summaries), exportRoutes(context));

  router.get("/deliveries/:number", async (request, response) => {
    const delivery = findDelivery(context, request, response);
    if (!delivery) return;
    const { number, eventId } = delivery;
    const history = eventId === null ? undefined : deliveryLog.history(eventId);
    const written = await readRows(context, eventId);
    const messages = findMessages(context, eventId);
    sendPage(
      response,
      <DeliveryPage
        delivery={delivery}
        shown={summaries.of(delivery)}
        siblings={(history?.deliveries ?? []).map((each) => each.number).filter((each) => each !== number)}
        neighbors={{
          older: deliveryLog.delivery(number - 1)?.number,
          newer: deliveryLog.delivery(number + 1)?.number,
        }}
        event={eventId === null ? undefined : deliveryLog.event(eventId)}
        payload={previewBody(deliveryLog, delivery)}
        {...written}
        timeline={buildTimeline({
          delivery,
          pushes: pushesOf(delivery, history?.pushes ?? [], history?.deliveries ?? []),
          rows: written.rows.map(({ table, rows }) => ({ table, count: rows.length })),
          tablesOf: (name) => functions.find((each) => each.name === name)?.manifest.tables ?? [],
          messages: describeMessages(context, messages, eventId),
        })}
        messages={renderMessages(context, messages)}
        maxDeliveryAttempts={maxDeliveryAttempts}
      />,
    );
  });
  return router;
}

/** Options of a field's datalist. */
const MAX_SUGGESTIONS = 200;

function listDistinct(
  deliveries: readonly DeliverySummary[],
  field: "type" | "repository" | "actor",
): string[] {
  const distinct = new Set<string>();
  for (const { [field]: value } of deliveries) {
    if (value !== null) distinct.add(value);
    if (distinct.size >= MAX_SUGGESTIONS) break;
  }
  return [...distinct].sort();
}

/** Pushes of the message that a delivery published. */
function pushesOf(
  delivery: DeliveryRecord,
  pushes: PushRecord[],
  deliveries: DeliveryRecord[],
): PushRecord[] {
  const numbers = numberMessages(
    pushes,
    deliveries.map(({ number }) => number),
  );
  return pushes.filter(({ messageId }) => (numbers.get(messageId) ?? delivery.number) === delivery.number);
}

/** An error does not break the page: its other parts need no warehouse. */
async function readRows(
  { bigqueryDir }: ConsoleContext,
  eventId: string | null,
): Promise<{ rows: WrittenRows[]; rowsError?: string }> {
  try {
    return { rows: eventId === null ? [] : await readWrittenRows(eventId, bigqueryDir) };
  } catch (error) {
    return { rows: [], rowsError: (error as Error).message };
  }
}

function findMessages({ slack }: ConsoleContext, eventId: string | null): LocalMessage[] {
  if (!slack || eventId === null) return [];
  return slack.current.workspace.messages.filter(({ events }) => events?.includes(eventId));
}

/** When the event posted or changed each message. */
function describeMessages({ slack }: ConsoleContext, messages: LocalMessage[], eventId: string | null) {
  if (!slack) return [];
  const { workspace } = slack.current;
  return messages.map(({ channel, channel_name, ts, edited, earlier = [] }) => ({
    name: `Slack ${channel.startsWith("D") ? channel_name : `#${channel_name}`}`,
    at: Number(earlier.find(({ event }) => event === eventId)?.at ?? edited?.ts ?? ts),
    href: `${buildConversationUrl(channel, workspace)}#m${ts}`,
  }));
}

function renderMessages({ slack }: ConsoleContext, messages: LocalMessage[]) {
  if (!slack) return [];
  const { workspace } = slack.current;
  return messages.map((message) => (
    <Message key={`${message.channel} ${message.ts}`} message={message} workspace={workspace} withChannel />
  ));
}
