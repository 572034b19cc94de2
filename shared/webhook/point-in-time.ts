import { z } from "zod";
import { toRfc3339 } from "../events/rfc3339.ts";

/** A sender's point in time, brought into the form of all events. */
export const pointInTime = z.string().transform((text, context) => {
  const time = toRfc3339(text);
  if (time !== null) return time;
  context.addIssue({ code: "custom", message: "must be a point in time as RFC 3339 writes it" });
  return z.NEVER;
});
