import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../infra/emulators/lib/listen.ts";
import { fetchWithTimeout } from "./fetch-with-timeout.ts";

/** `/silent` gets no response, `/half` stops in the middle of its response. */
const server = createServer((request, response) => {
  if (request.url === "/half") response.writeHead(200, { "content-length": 10 }).write("half");
  else if (request.url !== "/silent") response.end("whole");
});
let url: string;
beforeAll(async () => {
  await listen(server);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("fetchWithTimeout", () => {
  it("returns a response within the timeout", async () => {
    expect(await (await fetchWithTimeout(5000)(url)).text()).toBe("whole");
  });

  it.each(["/silent", "/half"])("aborts %s after the timeout", async (path) => {
    const result = fetchWithTimeout(100)(`${url}${path}`).then((response) => response.text());
    await expect(result).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("aborts when the caller's signal aborts", async () => {
    const controller = new AbortController();
    const result = fetchWithTimeout(5000)(`${url}/silent`, { signal: controller.signal });
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: "AbortError" });
  });
});
