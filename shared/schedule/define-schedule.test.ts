import { getTestServer } from "@google-cloud/functions-framework/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { defineSchedule } from "./define-schedule.ts";

const work = vi.fn(async (): Promise<Record<string, unknown>> => ({ deleted: 3 }));
defineSchedule("a-schedule", work);
const server = getTestServer("a-schedule");
let url: string;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  vi.stubEnv("LOG_LEVEL", "INFO");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
});
afterEach(() => {
  work.mockClear();
  lines.length = 0;
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe("a scheduled function", () => {
  it.each([
    ["as Cloud Scheduler calls it", undefined],
    ["with a body", "{}"],
  ])("called %s responds with its summary and logs it", async (_, body) => {
    const response = await fetch(url, {
      method: "POST",
      ...(body !== undefined && { body, headers: { "content-type": "application/json" } }),
    });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 200,
      body: { deleted: 3 },
    });
    expect(lines).toMatchObject([
      { severity: "INFO", schedule: "a-schedule", outcome: "finished", summary: { deleted: 3 } },
    ]);
  });

  it.each(["GET", "PUT", "DELETE"])(
    "does not work on %s, and names the method it accepts",
    async (method) => {
      const response = await fetch(url, { method });
      expect({ status: response.status, allow: response.headers.get("allow") }).toEqual({
        status: 405,
        allow: "POST",
      });
      expect(work).not.toHaveBeenCalled();
    },
  );

  it("that fails responds with 500 without the reason, logs it once, and works on the next call", async () => {
    work.mockRejectedValueOnce(new Error("the password is wrong"));
    const failed = await fetch(url, { method: "POST" });
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain("password");
    expect(lines).toMatchObject([
      {
        severity: "ERROR",
        schedule: "a-schedule",
        outcome: "failed",
        error: "the password is wrong",
      },
    ]);
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
  });
});
