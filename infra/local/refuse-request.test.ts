import { expect, it } from "vitest";
import { type Destination, refuseRequest } from "./refuse-request.ts";

const tunnel = { host: "quiet-river.trycloudflare.com" };
const local = { host: "localhost:3000" };
const text = { ...local, "content-type": "text/plain", "content-length": "2" };

it.each<[string, Destination, Record<string, string>, number | undefined]>([
  ["a delivery through a tunnel", "source", tunnel, undefined],
  ["a push through a tunnel", "subscriber", tunnel, 403],
  ["a page through a tunnel", "page", tunnel, 403],
  ["the API through a tunnel", "api", tunnel, 403],
  ["the API from this machine", "api", local, undefined],
  ["the API from another site", "api", { ...local, origin: "https://evil.example" }, 403],
  ["text for the API", "api", text, 415],
  ["a push from another site", "subscriber", { ...text, "sec-fetch-site": "cross-site" }, 403],
  ["a push from this machine", "subscriber", text, undefined],
  [
    "a form of the console",
    "page",
    { ...local, "content-type": "application/x-www-form-urlencoded" },
    undefined,
  ],
])("decides on %s", (_, destination, headers, status) => {
  expect(refuseRequest({ method: "POST", headers }, destination)?.status).toBe(status);
});
