import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { googleAuthLibrary } from "google-gax";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "../lib/listen.ts";
import { type RunningIap, startIap } from "./start.ts";

const audience = "/projects/1/global/backendServices/7";
const member = "mira.okafor@sentry.io";
let iap: RunningIap;
let backend: Server;
let received: IncomingHttpHeaders | undefined;

beforeAll(async () => {
  backend = createServer((request, response) => {
    received = request.headers;
    response.end(`${request.method} ${request.url}`);
  });
  const port = await listen(backend);
  iap = await startIap({ audience, backend: () => `http://127.0.0.1:${port}/app`, members: [member] });
});
afterAll(async () => {
  await iap.stop();
  backend.close();
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${iap.url}${path}`, { headers, redirect: "manual" });
const cookieOf = (email: string) => ({ cookie: `other=1; GCP_IAP_LOCAL=${encodeURIComponent(email)}` });

it("signs a member in, and passes requests with an assertion that Google's client accepts", async () => {
  const signIn = await ask(`/_iap/sign-in?email=${encodeURIComponent(member)}`);
  expect([signIn.status, signIn.headers.get("location")]).toEqual([303, "/"]);
  const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const passed = await ask("/a?b=c", {
    cookie,
    "x-goog-authenticated-user-email": "forged",
    "x-own": "kept",
  });
  expect(await passed.text()).toBe("GET /app/a?b=c");
  expect(received).toMatchObject({
    "x-goog-authenticated-user-email": `accounts.google.com:${member}`,
    "x-own": "kept",
  });

  const client = new googleAuthLibrary.OAuth2Client({
    endpoints: { oauth2IapPublicKeyUrl: iap.publicKeysUrl },
  });
  const { pubkeys } = await client.getIapPublicKeys();
  const ticket = await client.verifySignedJwtWithCertsAsync(
    String(received?.["x-goog-iap-jwt-assertion"]),
    { ...pubkeys },
    audience,
    ["https://cloud.google.com/iap"],
    660,
  );
  expect(ticket.getPayload()).toMatchObject({
    email: member,
    hd: "sentry.io",
    sub: expect.stringMatching(/^accounts\.google\.com:\d+$/),
  });
});

it("lets nobody else pass", async () => {
  received = undefined;
  expect((await ask("/")).status).toBe(401);
  expect((await ask("/", cookieOf("stranger@example.com"))).status).toBe(403);
  expect((await ask(`/_iap/sign-in?email=stranger@example.com`)).status).toBe(403);
  expect((await ask("/", { ...cookieOf(member), origin: "https://evil.example" })).status).toBe(403);
  expect(received).toBeUndefined();
});

it("offers its members to a browser", async () => {
  const page = await ask("/", { accept: "text/html" });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(member)]);
});
