import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { LOG_CHANNEL } from "../../shared/observability/log.ts";
import { removeEmails } from "../../shared/observability/remove-personal-data.ts";

/**
 * Forwards what functions log: what they write to stdout in the cloud, whatever LOG_LEVEL is here.
 *
 * @param write gets the function's name and the line
 * @returns a function that ends it
 */
export function forwardLog(write: (name: string, line: Record<string, unknown>) => void): () => void {
  const forward = (published: unknown) => {
    const line = published as Record<string, unknown>;
    if (line.severity === "DEBUG" || typeof line.function !== "string") return;
    const text = JSON.stringify(line, (_, value) =>
      typeof value === "string" ? removeEmails(value) : value,
    );
    write(line.function, JSON.parse(text) as Record<string, unknown>);
  };
  subscribe(LOG_CHANNEL, forward);
  return () => unsubscribe(LOG_CHANNEL, forward);
}
