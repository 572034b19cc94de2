import { z } from "zod";
import { envelope } from "./envelope.ts";

export const bootstrapStep = z.enum(["bootstrap_start", "bootstrap_end"]);

/** The bootstrap script started or finished the set-up of a development environment. */
export const bootstrapEvent = envelope.extend({
  source: z.literal("bootstrap-dev-env"),
  event: bootstrapStep,
});

export type BootstrapEvent = z.infer<typeof bootstrapEvent>;
