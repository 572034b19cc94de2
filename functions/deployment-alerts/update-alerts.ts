import { type Connection, database } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import {
  changeRemembered,
  messagesAbout,
  messagesOfType,
  type RememberedMessage,
  rememberMessage,
} from "../../shared/database/slack-messages.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import type { RunSummary } from "../../shared/schedule/define-schedule.ts";
import { postOnce, updateMessage } from "../../shared/slack/slack-message.ts";
import { alertMessage } from "./alert-message.ts";
import {
  type AlertContext,
  type AlertKind,
  alertContext,
  alertKind,
  decideAlerts,
  decideMessage,
} from "./decide.ts";
import { readHealth } from "./read-health.ts";

const subscriber = "deployment-alerts";
/** The type under which the messages are stored; their ref is the service and the kind. */
const DEPLOYMENT_ALERT = "deployment-alert";

/**
 * Brings the messages about passed thresholds up to date, for each service whose feed speaks at thresholds. One service's failure does not
 * hold back the others. A message about a service that was renamed, removed or has no such feed any more ends.
 *
 * @throws {AggregateError} if a service failed; the next run repeats it
 */
export async function updateAlerts(services: Service[], now: Date): Promise<RunSummary> {
  const open: string[] = [];
  const failures: unknown[] = [];
  const watched = services.filter(({ feed }) => feed?.mode === "at-threshold");
  for (const message of await listRemoved(watched)) {
    try {
      await endMessage(message, now);
    } catch (error) {
      log("ERROR", "The message about a removed service could not be changed", { ref: message.ref, error });
      failures.push(error);
    }
  }
  for (const service of watched) {
    try {
      const health = await readHealth(service, services, now);
      const alerts = service.feed
        ? decideAlerts(health, service.feed.thresholds)
        : new Map<AlertKind, string>();
      for (const kind of alertKind.options) await updateAlert(service, kind, alerts.get(kind), now);
      open.push(...[...alerts.keys()].map((kind) => `${service.name} ${kind}`));
    } catch (error) {
      log("ERROR", "The thresholds of a service could not be evaluated", { service: service.name, error });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} services failed`);
  return { open };
}

async function updateAlert(service: Service, kind: AlertKind, text: string | undefined, now: Date) {
  const ref = `${service.name} ${kind}`;
  const messages = await listMessages(database(), ref);
  const open = messages.find(({ context }) => context.isOpen);
  const action = decideMessage(open?.context ?? null, text);
  if (action === "nothing") return;
  // A run that dies after Slack's response is repeated by the next one, which finds the message by this id. The newest message before it
  // tells apart the times that the threshold is passed.
  const event = { id: `${DEPLOYMENT_ALERT} ${ref} ${messages.at(-1)?.id ?? 0}`, receivedAt: dayBefore(now) };
  const id = `${event.id} ${action}`;
  await processOnce(
    { subscriber, event: { id }, lock: `${DEPLOYMENT_ALERT} ${ref}` },
    async ({ tx, isRetry }) => {
      const message = (await listMessages(tx, ref)).find(({ context }) => context.isOpen);
      const channel = service.feed?.channel;
      if (message && text === undefined) {
        const context = { ...message.context, isOpen: false };
        const posting = { event, part: DEPLOYMENT_ALERT, isRetry };
        const posted = await updateMessage(message, alertMessage(context, service), posting);
        await changeRemembered(tx, message.id, { ...posted, context });
      } else if (!message && text !== undefined && channel) {
        const context = { kind, text, isOpen: true };
        const posting = { event, part: DEPLOYMENT_ALERT, isRetry, channel };
        const posted = await postOnce(alertMessage(context, service), posting);
        await rememberMessage(tx, { type: DEPLOYMENT_ALERT, ref, ...posted, context });
      }
    },
  );
}

/** The open messages about services that are not watched. */
async function listRemoved(watched: Service[]): Promise<RememberedMessage<AlertContext>[]> {
  const refs = new Set(watched.flatMap(({ name }) => alertKind.options.map((kind) => `${name} ${kind}`)));
  const messages = await messagesOfType(database(), DEPLOYMENT_ALERT, alertContext);
  return messages.filter(({ ref, context }) => context.isOpen && !refs.has(ref));
}

async function endMessage({ id, ref, context }: RememberedMessage<AlertContext>, now: Date) {
  const name = ref.slice(0, -` ${context.kind}`.length);
  const event = { id: `${DEPLOYMENT_ALERT} ${ref} ${id} removed`, receivedAt: dayBefore(now) };
  const key = { subscriber, event, lock: `${DEPLOYMENT_ALERT} ${ref}` };
  await processOnce(key, async ({ tx, isRetry }) => {
    const message = (await listMessages(tx, ref)).find((each) => each.id === id && each.context.isOpen);
    if (!message) return;
    const ended = { ...message.context, isOpen: false, isRemoved: true };
    const posting = { event, part: DEPLOYMENT_ALERT, isRetry };
    const shown = await updateMessage(message, alertMessage(ended, { name }), posting);
    await changeRemembered(tx, id, { ...shown, context: ended });
  });
}

/** The messages of a service and kind, oldest first. */
function listMessages(db: Connection, ref: string) {
  return messagesAbout(db, DEPLOYMENT_ALERT, [ref], alertContext);
}

/** Messages of earlier attempts are searched from here: the first attempt was at most a few runs ago. */
function dayBefore(now: Date): string {
  return new Date(now.getTime() - 24 * 60 * 60_000).toISOString();
}
