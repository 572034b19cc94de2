import { describe, expect, it } from "vitest";
import { redact, scrub } from "./scrub.ts";

const env = { FREIGHT_WEBHOOK_SECRET: "correct-horse", PATH: "/usr/bin", GH_APP_SECRET_KEY: "abc" };

describe("redact", () => {
  it.each([
    ["a Slack token", "invalid_auth for xoxb-123-456-abcDEF", "invalid_auth for [secret]"],
    ["a GitHub token", "401 with ghs_16C7e42F292c6912E7710c838347Ae178B4a", "401 with [secret]"],
    ["a bearer token", "sent Authorization: Bearer abcdefgh.ijkl", "sent Authorization: [secret]"],
    ["a signature", "expected sha256=0123456789abcdef0123", "expected [secret]"],
    [
      "a private key",
      "bad key -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
      "bad key [secret]",
    ],
    ["a password in a URL", "connect postgres://me:hunter2@db:5432/x", "connect postgres:[secret]db:5432/x"],
    ["a JSON Web Token", "token eyJhbGciOi.eyJpc3Mi.c2ln failed", "[secret] failed"],
    [
      "the parameters of failed SQL",
      'Failed query: select "a" = $1\nparams: mira,\n{"b":1}',
      'Failed query: select "a" = $1',
    ],
    ["an e-mail address", "no user Mira.O+x@sentry.io.", "no user [email]."],
    [
      "the address of a service account",
      "ci@a.iam.gserviceaccount.com lacks it",
      "ci@a.iam.gserviceaccount.com lacks it",
    ],
    ["the value of a secret variable", "got correct-horse there", "got [secret] there"],
    ["the value of an ordinary variable", "in /usr/bin of abc", "in /usr/bin of abc"],
  ])("handles %s", (_, text, expected) => {
    expect(redact(text, env)).toBe(expected);
  });

  it("cuts a text before it can quote a payload", () => {
    expect(redact("x".repeat(10_000), env)).toHaveLength(501);
  });
});

it("removes request, user, breadcrumbs and local variables from an event", () => {
  const event = {
    request: { headers: {} },
    user: { email: "a@b" },
    extra: { payload: 1 },
    breadcrumbs: [],
    server_name: "host",
    tags: { event: "id" },
    exception: { values: [{ value: "correct-horse", stacktrace: { frames: [{ vars: { body: "x" } }] } }] },
  };
  expect(scrub(event, env)).toEqual({
    tags: { event: "id" },
    exception: { values: [{ value: "[secret]", stacktrace: { frames: [{}] } }] },
  });
});
