import { createSign, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { AppAuth, checkJwt } from "./app-auth.ts";

const generate = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
const keys = generate();
const otherKeys = generate();
const NOW = 1_793_638_860;
const app = { id: "12", publicKey: keys.publicKey };

function jwt(claims: object, { alg = "RS256", key = keys.privateKey } = {}) {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg, typ: "JWT" })}.${encode({ iat: NOW - 30, exp: NOW + 570, iss: 12, ...claims })}`;
  return `Bearer ${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

const undecodable = "A JSON web token could not be decoded";
const issued =
  "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
const expires =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const tooFar = "'Expiration time' claim ('exp') is too far in the future";

it.each<[string, string | undefined, string | null]>([
  ["that Octokit makes", jwt({}), null],
  ["with the id as text", jwt({ iss: "12" }), null],
  ["that was issued now and expires in ten minutes", jwt({ iat: NOW, exp: NOW + 600 }), null],
  ["that expires a second later", jwt({ exp: NOW + 601 }), tooFar],
  ["that expires now", jwt({ exp: NOW }), expires],
  ["that never expires", jwt({ exp: undefined }), expires],
  ["that expires at a text", jwt({ exp: String(NOW + 60) }), expires],
  ["that was issued in a second", jwt({ iat: NOW + 1 }), issued],
  ["that was issued within a second", jwt({ iat: NOW - 0.5 }), issued],
  ["that was never issued", jwt({ iat: undefined }), issued],
  ["of another App", jwt({ iss: 13 }), "Integration not found"],
  [
    "of another App with another key",
    jwt({ iss: 13 }, { key: otherKeys.privateKey }),
    "Integration not found",
  ],
  ["of nobody", jwt({ iss: undefined }), undecodable],
  ["with another key", jwt({}, { key: otherKeys.privateKey }), undecodable],
  ["with another algorithm", jwt({}, { alg: "HS256" }), undecodable],
  ["without an algorithm", jwt({}, { alg: "none" }), undecodable],
  [
    "with a changed claim",
    jwt({}).replace(/\.[^.]+\./, `.${Buffer.from('{"iss":12}').toString("base64url")}.`),
    undecodable,
  ],
  ["that cannot be decoded", "Bearer abc", undecodable],
  ["that is no JSON", "Bearer a.b.c", undecodable],
  ["that is missing", undefined, undecodable],
])("a token %s is refused with %3$s", (_, authorization, message) => {
  expect(checkJwt(authorization, app, NOW * 1000)?.message ?? null).toBe(message);
});

it("an installation token is valid for an hour", () => {
  let now = NOW * 1000;
  const auth = new AppAuth(app, () => now);
  const { token, expires_at } = auth.issueToken();
  expect(Date.parse(expires_at)).toBe(now + 3_600_000);
  now += 3_599_999;
  expect(auth.isInstallation(`token ${token}`)).toBe(true);
  now += 1;
  expect(auth.isInstallation(`token ${token}`)).toBe(false);
});
