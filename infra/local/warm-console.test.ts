import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { listen } from "../emulators/lib/listen.ts";
import { warmConsole } from "./warm-console.ts";

const requested: string[] = [];
const server = createServer(({ url = "" }, response) => {
  requested.push(url);
  if (url === "/query") response.destroy();
  else response.end("page");
});
afterEach(() => {
  requested.length = 0;
});

it("the slow pages are requested in order, also after one that failed", async () => {
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  const pages = ["/query", "/_console/query-editor.js", "/dashboards"];
  await warmConsole(url, undefined, new AbortController().signal);
  expect(requested.splice(0)).toEqual(["/", ...pages]);
  await warmConsole(url, 7, new AbortController().signal);
  expect(requested.splice(0)).toEqual(["/", "/deliveries/7", ...pages]);
  await warmConsole(url, 7, AbortSignal.abort());
  expect(requested).toEqual([]);
  server.close();
});
