import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchWithTimeout } from "./fetch-with-timeout.ts";

/** `/silent` is never answered, `/half` stops in the middle of its answer. */
const server = createServer((request, response) => {
  if (request.url === "/half") response.writeHead(200, { "content-length": 10 }).write("half");
  else if (request.url !== "/silent") response.end("whole");
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("fetching within a time", () => {
  it("gives what is answered in it", async () => {
    expect(await (await fetchWithTimeout(5000)(url)).text()).toBe("whole");
  });

  it.each(["/silent", "/half"])("gives %s up after it", async (path) => {
    const answer = fetchWithTimeout(100)(`${url}${path}`).then((response) => response.text());
    await expect(answer).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("is broken off by whoever asked, too", async () => {
    const asked = new AbortController();
    const answer = fetchWithTimeout(5000)(`${url}/silent`, { signal: asked.signal });
    asked.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});
