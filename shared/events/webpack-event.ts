import { z } from "zod";
import { envelope } from "./envelope.ts";

export const asset = z.object({
  pullRequestNumber: z.int().describe("-1 for builds without a pull request"),
  commit: z.string().min(1),
  file: z.string().min(1),
  entrypointName: z.string(),
  size: z.int().min(0).describe("Bytes"),
  environment: z.string().nullable(),
  nodeEnv: z.string().nullable(),
});

/** Asset sizes of a webpack build, reported by CI. */
export const webpackEvent = envelope.extend({
  source: z.literal("webpack"),
  assets: z.array(asset).min(1),
});

export type WebpackEvent = z.infer<typeof webpackEvent>;
