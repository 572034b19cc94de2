import { z } from "zod";
import type { ReportEvent } from "../../shared/events/event.ts";
import { parseBody } from "../../shared/webhook/parse-body.ts";
import { toAssets } from "../../shared/webhook/reported-assets.ts";
import { type ReportedType, report, vocabulary } from "./vocabulary.ts";

/** The fields that depend on the type of a report. */
type Section = Pick<ReportEvent, "type" | "subject"> &
  Partial<
    Pick<ReportEvent, "actor" | "deployment" | "incident" | "measurements" | "bootstrap" | "assets">
  > & {
    /** When it happened, whatever the report's timestamp is; null if the timestamp counts. */
    time?: string | null;
    /** When it happened, for a report without a timestamp. */
    timeWithoutTimestamp?: string | null;
  };

/**
 * Normalizes a report: `{type, timestamp, data}`.
 *
 * @param id of the message, the header webhook-id
 * @throws {HttpError} 400 for an unknown type, with the list of types, and if the data lack a required field
 */
export function normalize({
  id,
  payload,
  receivedAt,
}: {
  id: string;
  payload: Record<string, unknown>;
  receivedAt: Date;
}): ReportEvent {
  const { type, timestamp } = parseBody(report, payload);
  const now = receivedAt.toISOString();
  const { time, timeWithoutTimestamp, ...section } = sections[type](payload, timestamp ?? now);
  return {
    id,
    source: "report",
    event: type,
    receivedAt: now,
    actor: null,
    ...section,
    time: time ?? timestamp ?? timeWithoutTimestamp ?? now,
    payload,
  };
}

/** @param happenedAt time of the report */
type ToSection = (payload: Record<string, unknown>, happenedAt: string) => Section;

const sections: Record<ReportedType, ToSection> = {
  deployment(payload, happenedAt) {
    const { data } = parseBody(z.object({ data: vocabulary.deployment }), payload);
    const hasEnded = data.status !== "queued" && data.status !== "started";
    const times = {
      createdAt: data.created_at ?? (data.status === "queued" ? happenedAt : null),
      startedAt: data.started_at ?? (data.status === "started" ? happenedAt : null),
      finishedAt: hasEnded ? (data.finished_at ?? happenedAt) : null,
    };
    return {
      type: `report.deployment.${data.status}`,
      subject: `${data.app}/${data.environment}/${data.id}`,
      time: hasEnded ? data.finished_at : data.status === "started" ? data.started_at : data.created_at,
      actor: data.user ? { id: null, name: data.user, type: "user" } : null,
      deployment: {
        app: data.app,
        environment: data.environment,
        id: data.id,
        number: data.number ?? (/^\d{1,15}$/.test(data.id) ? Number(data.id) : null),
        status: data.status,
        sha: data.sha,
        previousSha: data.previous_sha,
        ref: data.ref ?? null,
        actor: data.user ?? null,
        link: data.link ?? null,
        ...times,
      },
    };
  },

  incident(payload, happenedAt) {
    const { data } = parseBody(z.object({ data: vocabulary.incident }), payload);
    const openedAt = data.opened_at ?? (data.status === "opened" ? happenedAt : null);
    const resolvedAt = data.resolved_at ?? (data.status === "resolved" ? happenedAt : null);
    return {
      type: `report.incident.${data.status}`,
      subject: data.id,
      // With a timestamp, that orders reports of an incident: one that opens again may still be said to have opened at first.
      timeWithoutTimestamp: data.status === "opened" ? data.opened_at : data.resolved_at,
      incident: {
        id: data.id,
        title: data.title ?? null,
        severity: data.severity ?? null,
        status: data.status,
        openedAt,
        resolvedAt: data.status === "resolved" ? resolvedAt : null,
        link: data.link ?? null,
        service: data.service ?? null,
        sha: data.sha,
        release: data.release ?? null,
        deploymentId: data.deployment ?? null,
      },
    };
  },

  measurement(payload) {
    const { data } = parseBody(z.object({ data: vocabulary.measurement }), payload);
    const measurements = data.map((one) => ({
      name: one.name,
      value: one.value,
      unit: one.unit ?? null,
      dimensions: one.dimensions ?? {},
    }));
    return {
      type: "report.measurement",
      subject: measurements[0]?.name ?? "measurement",
      measurements,
    };
  },

  bootstrap(payload) {
    const { data } = parseBody(z.object({ data: vocabulary.bootstrap }), payload);
    return {
      type: `report.bootstrap.${data.event}`,
      subject: data.name,
      timeWithoutTimestamp: data.created_at,
      actor: { id: null, name: data.name, type: "user" },
      bootstrap: data.event,
    };
  },

  assets(payload) {
    const { data } = parseBody(z.object({ data: vocabulary.assets }), payload);
    return {
      type: "report.assets",
      subject: data[0]?.commit ?? "assets",
      timeWithoutTimestamp: data[0]?.created_at ?? null,
      assets: toAssets(data),
    };
  },
};
