import { describe, expect, it } from "vitest";
import { refuseBody, refuseForeign } from "./refuse-foreign-requests.ts";

describe("refuseForeign", () => {
  const host = "127.0.0.1:3002";
  it.each<[string, string, Record<string, string>, number | undefined]>([
    ["a client that is no browser", "POST", { host }, undefined],
    ["localhost", "POST", { host: "LOCALHOST:3000" }, undefined],
    ["IPv6", "POST", { host: "[::1]:3000" }, undefined],
    [
      "the console's own page",
      "POST",
      { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" },
      undefined,
    ],
    [
      "a link on another site",
      "GET",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      undefined,
    ],
    ["a name that points to this machine", "GET", { host: "rebound.example:3002" }, 403],
    ["a name that begins like this machine's", "GET", { host: "127.0.0.1.example" }, 403],
    ["no host", "GET", {}, 403],
    ["a tunnel that rewrites the host", "GET", { host, "x-forwarded-for": "203.0.113.7" }, 403],
    ["a page of another site", "POST", { host, origin: "https://evil.example" }, 403],
    ["a page in a sandbox", "POST", { host, origin: "null" }, 403],
    ["a page of another local server", "POST", { host, origin: "http://127.0.0.1:5173" }, 403],
    [
      "a picture on another site",
      "GET",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      403,
    ],
    [
      "a form on another site",
      "POST",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      403,
    ],
  ])("decides on %s", (_, method, headers, status) => {
    expect(refuseForeign({ method, headers })?.status).toBe(status);
  });
});

describe("refuseBody", () => {
  const length = { "content-length": "2" };
  it.each<[string, "json" | "form", Record<string, string>, number | undefined]>([
    ["no body", "json", {}, undefined],
    ["an empty body", "json", { "content-length": "0" }, undefined],
    ["JSON", "json", { ...length, "content-type": "application/json; charset=utf-8" }, undefined],
    ["text", "json", { ...length, "content-type": "text/plain" }, 415],
    ["a body without a type", "json", { "transfer-encoding": "chunked" }, 415],
    ["a form", "json", { ...length, "content-type": "application/x-www-form-urlencoded" }, 415],
    [
      "a form where forms are accepted",
      "form",
      { ...length, "content-type": "application/x-www-form-urlencoded" },
      undefined,
    ],
    ["text where forms are accepted", "form", { ...length, "content-type": "text/plain" }, 415],
  ])("decides on %s", (_, bodies, headers, status) => {
    expect(refuseBody({ method: "POST", headers }, bodies)?.status).toBe(status);
  });
});
