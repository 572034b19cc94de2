import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type SuiteServer, startSuiteServer } from "./suite-server.ts";

let server: SuiteServer;
let url: string;
beforeEach(async () => {
  server = await startSuiteServer(0);
  url = `http://127.0.0.1:${server.port}`;
});
afterEach(() => server.stop());

it.each(["/", "/github", "/_local/idle"])("%s responds 503 while the suite starts", async (path) => {
  const response = await fetch(`${url}${path}`, { method: "POST", body: "{}" });
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await response.json()).toEqual({ error: "The suite is starting" });
});

it("a push of Pub/Sub waits until the suite has started", async () => {
  const push = fetch(`${url}/metrics/projects/local/topics/github-events`, { method: "POST", body: "{}" });
  expect(await Promise.race([push, sleep(100, "waiting")])).toBe("waiting");
  server.serve((_request, response) => response.writeHead(204).end());
  expect((await push).status).toBe(204);
  expect((await fetch(url)).status).toBe(204);
});

it("a second server on the same port fails", async () => {
  await expect(startSuiteServer(server.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
});

it("a push that was aborted while it waited is not handled", async () => {
  const abort = new AbortController();
  const path = `${url}/metrics/projects/local/topics/github-events`;
  const push = fetch(path, { method: "POST", body: "{}", signal: abort.signal });
  await sleep(50);
  abort.abort();
  await expect(push).rejects.toThrow();
  await sleep(50);
  let handled = 0;
  server.serve((_request, response) => {
    handled++;
    response.writeHead(204).end();
  });
  expect(handled).toBe(0);
});
