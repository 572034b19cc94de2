import { z } from "zod";
import { GoogleApi } from "../google-api/google-api.ts";

/** The largest page, https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list */
const MAX_PAGE = 1000;

/** A line that a function logged. */
const logEntry = z.object({
  timestamp: z.string(),
  severity: z.string().default("DEFAULT"),
  jsonPayload: z.record(z.string(), z.unknown()).default({}),
  resource: z.object({ labels: z.record(z.string(), z.string()).default({}) }).default({ labels: {} }),
});
export type LogEntry = z.infer<typeof logEntry>;

const response = z.object({
  entries: z.array(logEntry).default([]),
  nextPageToken: z.string().optional(),
});

/**
 * Lists lines of the functions' logs, newest first.
 *
 * @param filter in Cloud Logging's query language, at most 20,000 characters: https://cloud.google.com/logging/docs/view/logging-query-language
 * @throws the API's errors
 */
export type ListLogEntries = (filter: string, limit: number) => Promise<LogEntry[]>;

/** @param env LOGGING_API_URL, the address of an emulator */
export function createLogReader(env: Record<string, string | undefined>): ListLogEntries {
  const api = new GoogleApi("https://logging.googleapis.com", env.LOGGING_API_URL);
  return async (filter, limit) => {
    const resourceNames = [`projects/${await api.getProject()}`];
    const entries: LogEntry[] = [];
    let pageToken: string | undefined;
    do {
      const page = response.parse(
        await api.request({
          method: "POST",
          path: "/v2/entries:list",
          body: {
            resourceNames,
            filter: `resource.type="cloud_run_revision" AND ${filter}`,
            orderBy: "timestamp desc",
            pageSize: Math.min(MAX_PAGE, limit - entries.length),
            ...(pageToken && { pageToken }),
          },
        }),
      );
      entries.push(...page.entries);
      pageToken = page.nextPageToken;
    } while (pageToken && entries.length < limit);
    return entries;
  };
}

/** A value in a filter. */
export function quote(value: string): string {
  return JSON.stringify(value);
}
