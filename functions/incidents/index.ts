import { z } from "zod";
import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { readConfig } from "../../shared/config.ts";
import { database, type Transaction } from "../../shared/database/database.ts";
import { decideOnce, processOnce } from "../../shared/database/process-once.ts";
import type { Event } from "../../shared/events/event.ts";
import type { Incident } from "../../shared/events/incident.ts";
import { type LinkedDeployment, mergeIncident } from "../../shared/incidents/incident-state.ts";
import {
  incidentLock,
  planMessage,
  readFinishedDeployments,
  readIncident,
  saveIncident,
} from "../../shared/incidents/incident-store.ts";
import { showIncident } from "../../shared/incidents/show-incident.ts";
import { writeIncidentRow } from "../../shared/incidents/write-incident-row.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { chooseLink } from "./choose-link.ts";
import { findDeployedService, findService, listCandidateTargets, shouldTell } from "./decide.ts";
import { findShipping } from "./find-shipping.ts";
import { readRelevant } from "./read-relevant.ts";

const subscriber = "incidents";
const config = readConfig(process.env);
const writer = new RowWriter(config.bigquery.metricsDataset);

/** The state that an event gives its incident is stored with the incident; a retry shows it, and does not link again. */
const decision = z.object({ incident: z.string() });

defineSubscriber(subscriber, async (event) => {
  const relevant = readRelevant(event);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { incident } = relevant;
  const key = { source: event.source, id: incident.id };
  const processing = { subscriber, event, lock: incidentLock(key) };
  // No lock is held while GitHub is asked.
  const service = findService(incident, config.services);
  const targets = listCandidateTargets(service, config.services);
  const shippedBy = await findShipping(incident, service, await readFinishedDeployments(database(), targets));
  await decideOnce(processing, decision, async (tx, earlier) => {
    if (!earlier) await applyEvent(tx, event, incident, shippedBy);
    return earlier ?? { incident: incident.id };
  });
  await processOnce(processing, (attempt) => showIncident(attempt, key, event, config.services));
  await writeIncidentRow(writer, key, config.bigquery.metricsDataset);
});

/** Stores what the event changes: the incident, the deployment that it is linked to, and whether it causes the message. */
async function applyEvent(
  tx: Transaction,
  event: Pick<Event, "source" | "id" | "time" | "receivedAt">,
  incident: Incident,
  shippedBy: LinkedDeployment | null,
) {
  const key = { source: event.source, id: incident.id };
  const stored = await readIncident(tx, key);
  const merged = mergeIncident(stored?.state, {
    incident,
    at: event.time,
    receivedAt: event.receivedAt,
    eventId: event.id,
  });
  const named = findService({ service: merged.serviceNamed }, config.services);
  const deployments = await readFinishedDeployments(tx, listCandidateTargets(named, config.services));
  const hours = named?.incidents.linkWithinHours ?? 0;
  // An incident that names no service is linked only to a deployment that it names.
  const link = chooseLink(merged, deployments, hours, shippedBy);
  const service =
    named ?? (link.deployment ? findDeployedService(link.deployment, config.services) : undefined);
  const state = { ...merged, ...link, service: service?.name ?? merged.service };
  await saveIncident(tx, key, stored, state);
  if (!stored?.messageEventId && service && shouldTell(state, service, event.receivedAt))
    await planMessage(tx, key, { channel: service.channel, event });
}
