import type { RowWriter } from "../bigquery/row-writer.ts";
import { database } from "../database/database.ts";
import { isLinked } from "./incident-state.ts";
import { type IncidentKey, readIncident, type StoredIncident } from "./incident-store.ts";

/**
 * Writes the current version of an incident to `incident_states`. Repeating it is safe: the row of a version is always the same. A
 * delivery that dies before it is written again by the next delivery, or replaced by a newer version.
 *
 * @throws what `RowWriter.write` throws
 */
export async function writeIncidentRow(writer: RowWriter, key: IncidentKey, dataset: string) {
  const stored = await readIncident(database(), key);
  if (!stored || stored.state.openedAt === null) return;
  const row = toIncidentRow(stored);
  const insertId = `${key.source}:${key.id}:${stored.version}:${row.received_at}`;
  await writer.write([{ dataset, table: "incident_states", insertId, row }]);
}

/** The row of a version. The deployment stays in the row after somebody said that it was not the cause. Pure. */
export function toIncidentRow({ source, id, version, updatedAt, state }: StoredIncident) {
  const { deployment } = state;
  return {
    source,
    id,
    version,
    service: state.service,
    title: state.title,
    severity: state.severity,
    status: state.status,
    opened_at: state.openedAt,
    resolved_at: state.resolvedAt,
    link: state.link,
    deployment_source: deployment?.source ?? null,
    deployment_app: deployment?.app ?? null,
    deployment_environment: deployment?.environment ?? null,
    deployment_id: deployment?.id ?? null,
    deployment_number: deployment?.number ?? null,
    deployment_attempt: deployment?.attempt ?? null,
    deployment_sha: deployment?.sha ?? null,
    link_reason: state.linkReason,
    is_linked: isLinked(state),
    unlinked_at: state.unlinkedAt,
    received_at: updatedAt.toISOString(),
  };
}
