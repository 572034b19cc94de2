import { z } from "zod";
import { envelope, timestamp } from "./envelope.ts";

export const deployStatus = z.enum(["queued", "started", "finished", "failed", "canceled"]);
export type DeployStatus = z.infer<typeof deployStatus>;

/** A notification of Freight's webhook notifier, https://github.com/getsentry/freight */
export const freightEvent = envelope.extend({
  source: z.literal("freight"),
  app: z.string().min(1),
  environment: z.string().min(1),
  number: z.int().describe("Number of the deploy, counted per app and environment"),
  status: deployStatus,
  title: z.string(),
  link: z.string().nullable().describe("Freight's page of the deploy"),
  ref: z.string().nullable(),
  sha: z.string().nullable(),
  previousSha: z.string().nullable().describe("Commit of the previous deploy"),
  createdAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  duration: z.number().nullable().describe("Seconds"),
});

export type FreightEvent = z.infer<typeof freightEvent>;
