import { describe, expect, it } from "vitest";
import { signAssertion } from "../../infra/emulators/iap/sign-assertion.ts";
import { startIap } from "../../infra/emulators/iap/start.ts";
import { chooseRole, IapVerifier, IdentityError } from "./identity.ts";
import { isOwnRequest } from "./is-own-request.ts";

const audience = "/projects/1/global/backendServices/1";

describe("an assertion", () => {
  it("names a person if IAP signed it for this backend and it has not expired", async () => {
    const iap = await startIap({ audience, backend: () => "", members: [] });
    const other = await startIap({ audience, backend: () => "", members: [] });
    const verifier = new IapVerifier({ IAP_AUDIENCE: audience, IAP_PUBLIC_KEYS_URL: iap.publicKeysUrl });
    const now = Math.floor(Date.now() / 1000);
    const own = { email: "Mira@sentry.io", audience, issuedAt: now };
    const valid = signAssertion(iap.key, own);
    expect(await verifier.verify(valid)).toEqual({
      email: "mira@sentry.io",
      id: expect.stringContaining("accounts.google.com:"),
    });
    const [header, claims, signature] = valid.split(".");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none", kid: iap.key.id })).toString("base64url");
    const refused = [
      undefined,
      "",
      "a.b.c",
      `${header}.${claims}`,
      `${header}.${claims}.`,
      `${unsigned}.${claims}.${signature}`,
      signAssertion(other.key, own),
      signAssertion({ ...other.key, id: iap.key.id }, own),
      signAssertion(iap.key, { ...own, audience: "/projects/1/global/backendServices/2" }),
      signAssertion(iap.key, { ...own, issuedAt: now - 2000 }),
      signAssertion(iap.key, { ...own, issuedAt: now + 2000 }),
    ];
    for (const assertion of refused) {
      const error = await verifier.verify(assertion).catch((thrown: Error) => thrown);
      expect([assertion, error]).toEqual([assertion, expect.any(IdentityError)]);
      if (assertion) expect(String(error)).not.toContain(assertion);
    }
    await Promise.all([iap.stop(), other.stop()]);
  });

  it("is not verified without an audience", () => {
    expect(() => new IapVerifier({})).toThrow("IAP_AUDIENCE is not set");
  });
});

it.each([
  ["priya@sentry.io", "operator"],
  ["Priya@Sentry.io", "operator"],
  ["mira@sentry.io", "viewer"],
])("%s is %s", (email, role) => {
  expect(chooseRole(email, { console: { operators: ["priya@sentry.io"] } })).toBe(role);
});

it.each<[string, Record<string, string>, boolean]>([
  [
    "a form of the console",
    { origin: "https://c.example", host: "c.example", "sec-fetch-site": "same-origin" },
    true,
  ],
  ["an old browser", { origin: "https://c.example", host: "c.example" }, true],
  ["another site", { origin: "https://evil.example", host: "c.example" }, false],
  [
    "another subdomain",
    { origin: "https://c.example", host: "c.example", "sec-fetch-site": "same-site" },
    false,
  ],
  ["a page without an origin", { origin: "null", host: "c.example" }, false],
  ["a client that is no browser", { host: "c.example" }, false],
])("a write of %s: %o is own: %s", (_, headers, own) => {
  expect(isOwnRequest(headers)).toBe(own);
});
