import { z } from "zod";
import { bootstrapStep } from "../events/event.ts";
import { pointInTime } from "./parse-body.ts";

/** A step of a development environment's set-up, as the bootstrap script reports it. */
export const reportedBootstrap = z.object({
  event: bootstrapStep,
  name: z.string().min(1).max(255),
  // Sent by laptops that report later, after a time without a network.
  created_at: pointInTime,
});
