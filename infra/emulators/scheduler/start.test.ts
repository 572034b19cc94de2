import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type RunningScheduler, type SchedulerJob, startScheduler } from "./start.ts";

const parent = "projects/local/locations/europe-west1";
interface Body {
  name?: string;
  jobs?: object[];
  error?: { code: number; message: string };
}
let scheduler: RunningScheduler;
let jobs: SchedulerJob[];
let ran: string[];
beforeAll(async () => {
  scheduler = await startScheduler({
    ...{ project: "local", location: "europe-west1" },
    jobs: () => jobs,
    run: (name) => ran.push(name),
  });
});
afterAll(() => scheduler.stop());
beforeEach(() => {
  const job = { schedule: "*/5 * * * *", timeZone: "Etc/UTC", scheduleTime: "2026-11-30T12:05:00Z" };
  const at = "2026-11-30T12:00:00Z";
  jobs = [
    { ...job, name: "never", state: "PAUSED" },
    { ...job, name: "good", state: "ENABLED", lastAttemptTime: at, lastStatus: 200 },
    { ...job, name: "bad", state: "ENABLED", lastAttemptTime: at, lastStatus: 500 },
  ];
  ran = [];
});

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${scheduler.url}/v1/${path}`, init);
  return { status: response.status, body: (await response.json()) as Body };
};

it("lists jobs page by page, with the outcome of the last attempt", async () => {
  const first = await ask(`${parent}/jobs?pageSize=2`);
  expect(first.body).toMatchObject({
    jobs: [
      { name: `${parent}/jobs/never`, state: "PAUSED", scheduleTime: "2026-11-30T12:05:00Z" },
      { name: `${parent}/jobs/good`, status: {} },
    ],
    nextPageToken: "2",
  });
  expect(first.body.jobs?.[0]).not.toHaveProperty("status");
  const second = await ask(`${parent}/jobs?pageSize=2&pageToken=2`);
  expect(second.body).toEqual({ jobs: [expect.objectContaining({ status: { code: 13 } })] });
});

it("runs a job, also a paused one, and responds with it", async () => {
  const response = await ask(`${parent}/jobs/never:run`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect([response.status, response.body.name, ran]).toEqual([200, `${parent}/jobs/never`, ["never"]]);
});

it.each<[string, RequestInit, number, string]>([
  [`${parent}/jobs/other:run`, { method: "POST" }, 404, "Job not found."],
  [`${parent}/jobs/other`, {}, 404, "Job not found."],
  ["projects/local/locations/mars/jobs", {}, 404, "was not found"],
  [`${parent}/jobs/good:pause`, { method: "POST" }, 404, "There is no POST"],
  [`${parent}/jobs/good:run`, {}, 404, "There is no GET"],
  [`${parent}/jobs?pageSize=-1`, {}, 400, "invalid argument"],
])("refuses %s %j with %i", async (path, init, status, message) => {
  const response = await ask(path, init);
  expect([response.status, response.body.error?.code, ran]).toEqual([status, status, []]);
  expect(response.body.error?.message).toContain(message);
});
