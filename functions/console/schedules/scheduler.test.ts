import { expect, it, vi } from "vitest";
import { startScheduler } from "../../../infra/emulators/scheduler/start.ts";
import { createScheduler } from "./scheduler.ts";

it("lists the jobs of all pages, and runs one", async () => {
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  const ran: string[] = [];
  const job = { schedule: "*/5 * * * *", timeZone: "Etc/UTC", scheduleTime: "2026-11-30T12:05:00Z" };
  const jobs = Array.from({ length: 501 }, (_, index) => ({
    ...job,
    name: `job-${index}`,
    state: "PAUSED" as const,
  }));
  const emulator = await startScheduler({
    ...{ project: "local", location: "europe-west1" },
    jobs: () => jobs,
    run: (name) => ran.push(name),
  });
  const scheduler = createScheduler({ SCHEDULER_LOCATION: "europe-west1", SCHEDULER_API_URL: emulator.url });
  const listed = await scheduler.list();
  expect([listed.size, listed.get("job-500")]).toEqual([
    501,
    { state: "PAUSED", next: "2026-11-30T12:05:00Z" },
  ]);
  await scheduler.run("job-7");
  expect(ran).toEqual(["job-7"]);
  await expect(scheduler.run("other")).rejects.toThrow("Job not found");
  await emulator.stop();
  vi.unstubAllEnvs();
});

it("needs a region", () => {
  expect(() => createScheduler({})).toThrow("SCHEDULER_LOCATION is not set");
});
