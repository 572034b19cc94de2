import type { z } from "zod";

/** Describes zod's issues on one line, `path: message; …`, for log lines and HTTP responses. It names fields and never quotes their values. */
export function formatIssues({ issues }: z.ZodError, limit = issues.length): string {
  return issues
    .slice(0, limit)
    .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
    .join("; ");
}
