import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { request } from "../../test/support/request.ts";
import { copyPrepared } from "../../test/support/test-suite.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { signFor } from "../send/send.ts";
import type { Endpoint } from "./api/local-api.ts";
import { LocalSuite } from "./client.ts";
import { type Suite, startSuite } from "./suite.ts";

let dataDir: string;
let suite: Suite;
beforeAll(async () => {
  process.env.LOG_LEVEL ??= "CRITICAL";
  dataDir = mkdtempSync(join(tmpdir(), "suite-"));
  copyPrepared(dataDir);
  suite = await startSuite({ port: 0, dataDir });
});
afterAll(async () => {
  await suite.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it("a second suite in the same directory is refused, and does not empty it", async () => {
  const local = new LocalSuite(suite.url);
  await local.query(
    "INSERT INTO product_eng.asset_sizes (event_id, received_at) VALUES ('kept', CURRENT_TIMESTAMP())",
    { allowChanges: true },
  );
  const port = new URL(suite.url).port;
  await expect(startSuite({ port: 0, dataDir, fresh: true })).rejects.toThrow(
    `${dataDir} is in use by process ${process.pid} at http://localhost:${port}`,
  );
  expect(await local.query("SELECT event_id FROM product_eng.asset_sizes")).toEqual([{ event_id: "kept" }]);
});

it("GET /_local lists every endpoint, those of README included, as a page or as JSON", async () => {
  const { endpoints } = (await (await fetch(`${suite.url}/_local`)).json()) as { endpoints: Endpoint[] };
  const listed = endpoints.map(({ method, path }) => `${method} ${path}`);
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const documented = [...readme.matchAll(/`(GET|POST) (\/_local[^` ]*)`/g)].map(
    ([, method, path = ""]) => `${method} ${path.replaceAll(/<(\w+)>/g, ":$1")}`,
  );
  expect(documented.length).toBeGreaterThan(10);
  expect(listed).toEqual(expect.arrayContaining(documented));
  expect(new Set(listed).size).toBe(listed.length);
  for (const { method, path, summary } of endpoints) {
    expect([path, summary]).toEqual([path, expect.stringMatching(/^[A-Z].*\.$/)]);
    if (method === "GET" && !path.includes(":"))
      expect([path, (await fetch(`${suite.url}${path}`)).status]).not.toEqual([path, 404]);
  }

  const page = await fetch(`${suite.url}/_local`, { headers: { accept: "text/html" } });
  expect(page.headers.get("content-type")).toContain("text/html");
  const html = await page.text();
  for (const { path } of endpoints) expect(html).toContain(`<code>${path}</code>`);
});

it("through a tunnel, only the sources respond", async () => {
  const functions = await readFunctions();
  const host = { host: "quiet-river.trycloudflare.com" };
  const tunnels: Record<string, string>[] = [
    host,
    { "x-forwarded-for": "203.0.113.7" },
    { "x-forwarded-host": "quiet-river.trycloudflare.com" },
    { forwarded: "for=203.0.113.7" },
  ];
  const json = { "content-type": "application/json" };
  const body = Buffer.from('{"event":"bootstrap_end","name":"mira","sql":"SELECT 1"}');
  const post = (path: string, headers: Record<string, string>) =>
    request(`${suite.url}${path}`, "POST", { ...json, ...headers }, body);

  const isSource = (name: string) =>
    functions.some((folder) => folder.name === name && "http" in folder.manifest.trigger);
  for (const { name } of functions)
    expect([name, (await post(`/${name}`, host)).status]).toEqual([name, isSource(name) ? 401 : 403]);

  for (const tunnel of tunnels) {
    for (const path of [
      "/",
      "/deliveries",
      "/slack",
      "/_local/idle",
      "/_local/events",
      "/_local/slack/messages",
    ]) {
      const { status, text } = await request(`${suite.url}${path}`, "GET", {
        accept: "text/html",
        ...tunnel,
      });
      expect([path, status]).toEqual([path, 403]);
      expect(JSON.parse(text)).toEqual({ error: expect.stringContaining("only the sources respond") });
    }
    for (const path of [
      "/_local/query",
      "/_local/query?/github",
      "/_local/slack/messages",
      "/metrics/projects/local/topics/github-events",
      "/github/../_local/query",
      "//github",
      "/GitHub",
      "/%67ithub",
      "/",
    ])
      expect([path, (await post(path, tunnel)).status]).toEqual([path, 403]);
  }

  const folder = functions.find(({ name }) => name === "bootstrap-dev-env");
  if (!folder) throw new Error("There is no function bootstrap-dev-env");
  const signed = await post("/bootstrap-dev-env", { ...(await signFor(folder, { body })), ...host });
  expect(signed.status).toBe(202);
  expect((await request(`${suite.url}/`, "GET", { accept: "text/html" })).status).toBe(200);
});
