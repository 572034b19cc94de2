import { z } from "zod";
import { DeadLettersPage } from "../../shared/console/dead-letters-page.tsx";
import { ExplainPage } from "../../shared/console/explain-page.tsx";
import { readDeadLetter } from "../../shared/dead-letters/dead-letter.ts";
import { MissingSubscriptionError } from "../../shared/dead-letters/replay.ts";
import { explainDeployment } from "../../shared/explain/explain-deployment.ts";
import { DeployNameError, parseDeployName, readDeployment } from "../../shared/explain/read-deployment.ts";
import { log } from "../../shared/observability/log.ts";
import { eventFilter } from "./events/build-query.ts";
import { EventPage } from "./events/event-page.tsx";
import { EventsPage } from "./events/events-page.tsx";
import { explainOutcomes, explainSilence } from "./events/explain-outcomes.ts";
import { findIrrelevance } from "./events/irrelevance.ts";
import { parseSearch } from "./events/parse-search.ts";
import { type FoundEvent, listEvents, readEvent, readGivenUp } from "./events/read-events.ts";
import { findNames, readEventState } from "./events/read-state.ts";
import { type EventLine, readEventLog } from "./log/read-event-log.ts";
import { MessagePage } from "./message-page.tsx";
import type { PageContext, PageHandler } from "./page-context.ts";

/** `GET /`: the list of deliveries. */
export const showEvents: PageHandler = async ({ query, functions: { sources } }, request) => {
  const filter = eventFilter.parse(request.query);
  const search = parseSearch(filter.text ?? "");
  const name = search.kind === "email" ? search.email : search.kind === "word" ? search.word : undefined;
  const names = name === undefined ? [] : await findNames(name);
  const list = await listEvents(query, filter, search, names);
  return { status: 200, page: <EventsPage {...list} filter={filter} sources={sources} /> };
};

/** `GET /deliveries/event/<id>` */
export const showEvent: PageHandler = async (context, { params: [id = ""] }) => {
  const event = await readEvent(context.query, id);
  if (!event) {
    const message = `The warehouse has no event ${id}. Metrics writes an event within seconds, unless it is a dead letter.`;
    return { status: 404, page: <MessagePage title="Not found" message={message} /> };
  }
  const lines = await readEventLog(context.listLogEntries, event);
  const outcomes = await readOutcomes(context, event, lines ?? []);
  const page = { event, outcomes, silence: explainSilence(outcomes), lines };
  return { status: 200, page: <EventPage {...page} /> };
};

async function readOutcomes(
  { query, functions: { subscribers }, organization }: PageContext,
  found: FoundEvent,
  lines: EventLine[],
) {
  const { id, receivedAt, source, event } = found;
  const [state, givenUp] = await Promise.all([readEventState(id), readGivenUp(query, found)]);
  return explainOutcomes({
    subscribers,
    receivedAt,
    state,
    lines,
    givenUp: givenUp.map((each) => {
      const attributes = {
        "ce-source": source,
        CloudPubSubDeadLetterSourceSubscription: each.subscription ?? "",
      };
      return { ...each, subscriber: readDeadLetter(attributes, subscribers).subscriber };
    }),
    findIrrelevance: (subscriber) => event && findIrrelevance(subscriber, event, organization.services),
    now: new Date(),
  });
}

const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)
  .catch(undefined);
const deadLetterFilter = z.object({ subscriber: text, type: text, cause: text });
const action = z.enum(["replay", "dry-run"]).catch("dry-run");

/** `GET /dead-letters` */
export const showDeadLetters: PageHandler = async ({ deadLetters, functions }, { query, person }) => {
  const filter = deadLetterFilter.parse(query);
  const page = {
    groups: await deadLetters.list(filter),
    filter,
    subscribers: functions.subscribers,
    mayReplay: person.role === "operator",
  };
  return { status: 200, page: <DeadLettersPage {...page} /> };
};

/** `POST /dead-letters`, of operators: delivers a group, or what the filter selects, again. */
export const replayDeadLetters: PageHandler = async ({ deadLetters, functions }, { body, person }) => {
  const filter = deadLetterFilter.parse(body);
  const dryRun = action.parse(body.action) === "dry-run";
  try {
    const { groups, count } = await deadLetters.replay(filter, { dryRun });
    // The log removes e-mail addresses; the id is in IAP's audit log with the address.
    log("INFO", "An operator replayed dead letters", { person: person.id, count, dryRun, ...filter });
    const page = {
      groups: dryRun ? groups : await deadLetters.list(),
      filter: dryRun ? filter : {},
      subscribers: functions.subscribers,
      mayReplay: true,
      result: { count, dryRun },
    };
    return { status: 200, page: <DeadLettersPage {...page} /> };
  } catch (error) {
    if (!(error instanceof MissingSubscriptionError)) throw error;
    return { status: 409, page: <MessagePage title="Not replayed" message={error.message} /> };
  }
};

/** `GET /explain?deploy=<app>#<n>` */
export const showExplanation: PageHandler = async ({ query }, request) => {
  const deploy = typeof request.query.deploy === "string" ? request.query.deploy : "";
  if (deploy === "") return { status: 200, page: <ExplainPage deploy="" explanations={[]} /> };
  try {
    const facts = await readDeployment(query, parseDeployName(deploy));
    const explanations = facts.map(explainDeployment);
    if (explanations.length > 0)
      return { status: 200, page: <ExplainPage deploy={deploy} explanations={explanations} /> };
    const error = `No deploy ${deploy} to production finished or failed.`;
    return { status: 404, page: <ExplainPage deploy={deploy} explanations={[]} error={error} /> };
  } catch (error) {
    if (!(error instanceof DeployNameError)) throw error;
    return { status: 400, page: <ExplainPage deploy={deploy} explanations={[]} error={error.message} /> };
  }
};
