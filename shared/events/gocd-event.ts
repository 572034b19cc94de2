import { z } from "zod";
import { envelope, timestamp } from "./envelope.ts";

const time = timestamp.nullable();
const text = z.string().nullable();

const gocdStage = z.object({
  name: z.string().min(1),
  counter: z.int().describe("Counts the runs of the stage in this run of the pipeline, from 1"),
  state: z.string().describe("building, passed, failed, cancelled, …"),
  createdAt: time.describe("When the stage was scheduled; a time without zone is read as UTC"),
  lastTransitionAt: time.describe("When its state changed"),
});

const gocdMaterial = z.object({
  type: text.describe("git, pipeline, package, …"),
  repository: text.describe("owner/name"),
  branch: text,
  revision: text.describe("Newest one: the sha of a commit, for git"),
  changed: z.boolean().nullable().describe("Whether it started the pipeline"),
});

/** A notification of GoCD's webhook notifier, https://plugin-api.gocd.org/current/notifications/ */
export const gocdEvent = envelope.extend({
  source: z.literal("gocd"),
  event: z.string().min(1).describe("stage, agent, …"),
  pipeline: z
    .object({ name: z.string().min(1), counter: z.int().describe("Number of the run"), group: text })
    .optional()
    .describe("For stage"),
  stage: gocdStage.optional().describe("For stage"),
  materials: z.array(gocdMaterial).optional().describe("For stage: what the pipeline was started with"),
});

export type GoCDEvent = z.infer<typeof gocdEvent>;
