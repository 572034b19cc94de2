import { z } from "zod";
import { ConfigurationError } from "../../../shared/configuration-error.ts";
import { GoogleApi } from "../../../shared/google-api/google-api.ts";

/** https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#Job */
const job = z.object({
  name: z.string(),
  state: z.string(),
  scheduleTime: z.string().optional(),
});
const jobList = z.object({ jobs: z.array(job).default([]), nextPageToken: z.string().optional() });

/** A job of Cloud Scheduler. */
export interface Job {
  /** ENABLED, PAUSED, DISABLED or UPDATE_FAILED. */
  state: string;
  /** Time of the next run, RFC 3339; null without a next run. */
  next: string | null;
}

/** The jobs that call scheduled functions, each with the name of its function. */
export interface Scheduler {
  /** @throws the API's errors */
  list(): Promise<Map<string, Job>>;
  /** Starts a run and does not wait for it. @throws the API's errors, 404 for a job that does not exist */
  run(name: string): Promise<void>;
}

/**
 * @param env SCHEDULER_LOCATION, the region of the jobs; SCHEDULER_API_URL, the address of an emulator
 * @throws {ConfigurationError} without a region
 */
export function createScheduler(env: Record<string, string | undefined>): Scheduler {
  const location = env.SCHEDULER_LOCATION;
  if (!location) throw new ConfigurationError("SCHEDULER_LOCATION is not set (docs/console-in-the-cloud.md)");
  const api = new GoogleApi("https://cloudscheduler.googleapis.com", env.SCHEDULER_API_URL);
  const getPath = async () => `/v1/projects/${await api.getProject()}/locations/${location}/jobs`;
  return {
    async list() {
      const path = await getPath();
      const jobs = new Map<string, Job>();
      let pageToken: string | undefined = "";
      do {
        const query = pageToken ? `?${new URLSearchParams({ pageToken })}` : "";
        const page = jobList.parse(await api.request({ method: "GET", path: `${path}${query}` }));
        for (const { name, state, scheduleTime } of page.jobs)
          jobs.set(name.split("/").at(-1) ?? "", { state, next: scheduleTime ?? null });
        pageToken = page.nextPageToken;
      } while (pageToken);
      return jobs;
    },
    async run(name) {
      const path = `${await getPath()}/${encodeURIComponent(name)}:run`;
      await api.request({ method: "POST", path, body: {} });
    },
  };
}
