import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { type Config, readConfig } from "../../shared/config.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { toDeploymentKey, type UnlinkRequest } from "../../shared/incidents/incident-message.ts";
import { isLinked, unlink } from "../../shared/incidents/incident-state.ts";
import { incidentLock, readIncident, saveIncident } from "../../shared/incidents/incident-store.ts";
import { showIncident } from "../../shared/incidents/show-incident.ts";
import { writeIncidentRow } from "../../shared/incidents/write-incident-row.ts";
import { log } from "../../shared/observability/log.ts";
import { fetchMember, membersOnly } from "./member.ts";
import { type ReplyTarget, replyEphemeral } from "./reply.ts";

/** A member pressed "This deploy did not cause it". */
export interface Unlinking extends UnlinkRequest {
  user: string;
  target: ReplyTarget | null;
}

const writer = new RowWriter(readConfig(process.env).bigquery.metricsDataset);

/** Removes the link of an incident to the deployment that its message showed, and shows who did. The change is stored before it is shown. */
export async function unlinkIncident(event: SlackEvent, request: Unlinking, config: Config) {
  const { user, target, source, id } = request;
  const key = { source, id };
  const lock = incidentLock(key);
  if (!(await fetchMember(user, config.emailDomain))) {
    if (target) await replyEphemeral(user, target, membersOnly(config.emailDomain));
    return;
  }
  const stored = { subscriber: "slack-app", event: { id: `${event.id} unlink` }, lock };
  await processOnce(stored, async ({ tx }) => {
    const incident = await readIncident(tx, key);
    const deployment = incident?.state.deployment;
    if (
      !incident ||
      !deployment ||
      !isLinked(incident.state) ||
      toDeploymentKey(deployment) !== request.deployment
    )
      return log("INFO", "The incident is not linked to this deployment any more", { incident: id });
    await saveIncident(tx, key, incident, unlink(incident.state, user, event.time));
  });
  const shown = { subscriber: "slack-app", event: { id: `${event.id} show` }, lock };
  await processOnce(shown, (attempt) => showIncident(attempt, key, event, config.services));
  await writeIncidentRow(writer, key, config.bigquery.metricsDataset);
}
