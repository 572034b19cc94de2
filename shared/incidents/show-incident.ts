import type { Attempt } from "../database/process-once.ts";
import { log } from "../observability/log.ts";
import type { Service } from "../organization/organization.ts";
import { findPosted, postOnce, updateMessage } from "../slack/slack-message.ts";
import { incidentMessage } from "./incident-message.ts";
import { type IncidentKey, readIncident, saveMessage } from "./incident-store.ts";

/**
 * Posts the message about an incident, or brings it up to date, under the incident's lock. It shows the stored state, which may be newer
 * than the event. An incident that was resolved before its message could be posted gets none.
 *
 * @param event the one that is handled; another one may have caused the message, and posted it without storing it
 * @throws what `callSlack` throws
 */
export async function showIncident(
  { tx, isRetry }: Attempt,
  key: IncidentKey,
  event: { id: string; receivedAt: string },
  services: Service[],
) {
  const stored = await readIncident(tx, key);
  if (!stored?.channel || !stored.messageEventId || !stored.messageReceivedAt) return;
  if (stored.shownVersion === stored.version) return;
  const service = services.find(({ name }) => name === stored.state.service);
  const message = incidentMessage(key, stored.state, service?.incidents.linkWithinHours ?? 0);
  if (stored.ts !== null) {
    const current = { channel: stored.channel, ts: stored.ts };
    const shown = await updateMessage(current, message, {
      event,
      part: `incident ${stored.version}`,
      isRetry,
    });
    return saveMessage(tx, key, { ...shown, shownVersion: stored.version });
  }
  const own = { id: stored.messageEventId, receivedAt: stored.messageReceivedAt.toISOString() };
  const posting = { channel: stored.channel, event: own, part: "incident", isRetry: false };
  // An attempt that died, or one of another event, may have posted an older version.
  const mayBePosted = isRetry || stored.messageEventId !== event.id;
  const found = mayBePosted ? await findPosted(posting) : undefined;
  if (!found && stored.state.status === "resolved")
    return log("INFO", "An incident gets no message, because it is resolved", { incident: key.id });
  const posted = found ? await updateMessage(found, message, posting) : await postOnce(message, posting);
  await saveMessage(tx, key, { ...posted, shownVersion: stored.version });
}
