import { z } from "zod";
import { deployStatus } from "../../shared/events/deployment.ts";
import { incidentStatus } from "../../shared/events/incident.ts";
import { numeric, optional, pointInTime } from "../../shared/webhook/parse-body.ts";
import { reportedAssets } from "../../shared/webhook/reported-assets.ts";
import { reportedBootstrap } from "../../shared/webhook/reported-bootstrap.ts";

/** One report has at most this many measurements: each is a row, and an event's rows are inserted together. */
const MAX_MEASUREMENTS = 1000;
const MAX_DIMENSIONS = 20;

const name = z.string().min(1).max(255);
const text = optional(z.string());
/** An id that may be a number at the sender. */
const identifier = z.union([z.string().min(1).max(255), z.int().transform(String)]);
const optionalIdentifier = optional(identifier);

/** A commit. An empty text and git's forty zeros mean that the sender has none. */
const sha = text.transform((value) => (value && !/^0+$/.test(value) ? value : null));

const deployment = z.object({
  app: name,
  environment: name,
  id: identifier,
  number: optional(numeric.pipe(z.int())),
  // British tools write it with two l.
  status: z.preprocess((value) => (value === "cancelled" ? "canceled" : value), deployStatus),
  sha,
  previous_sha: sha,
  ref: text,
  user: text,
  link: text,
  created_at: pointInTime,
  started_at: pointInTime,
  finished_at: pointInTime,
});

const incident = z.object({
  id: identifier,
  title: text,
  severity: text,
  status: incidentStatus,
  opened_at: pointInTime,
  resolved_at: pointInTime,
  link: text,
  service: text,
  sha,
  release: optionalIdentifier,
  deployment: optionalIdentifier,
});

/** Values of other types than text are written as JSON, so that a flag or a number is a dimension too. */
const dimension = z.union([z.string(), z.unknown().transform((value) => JSON.stringify(value) ?? "")]);

const measurement = z.object({
  name,
  value: numeric,
  unit: text,
  dimensions: optional(
    z.record(z.string(), dimension).refine((all) => Object.keys(all).length <= MAX_DIMENSIONS),
  ),
});

const measurements = z.union(
  [measurement.transform((one) => [one]), z.array(measurement).min(1).max(MAX_MEASUREMENTS)],
  { error: `must be {name, value, unit, dimensions} or an array of 1 to ${MAX_MEASUREMENTS} of them` },
);

/** Schema of `data` for each type of report. docs/reporting.md describes every field. */
export const vocabulary = {
  deployment,
  incident,
  measurement: measurements,
  bootstrap: reportedBootstrap,
  assets: reportedAssets,
};

export type ReportedType = keyof typeof vocabulary;
const types = Object.keys(vocabulary) as [ReportedType, ...ReportedType[]];

/** The envelope of a report, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#payload-structure */
export const report = z.object({
  type: z.enum(types, { error: `must be one of ${types.join(", ")}` }),
  timestamp: pointInTime,
  data: z.unknown(),
});
