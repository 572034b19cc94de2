import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { unauthorized } from "./delivery.ts";

/**
 * Checks a signature `<algorithm>=<hex>` over bytes against every valid secret, in constant time.
 *
 * @param algorithms the accepted ones, as named before the `=`
 * @throws {HttpError} 401 if no secret made the signature
 */
export function verifyHmac(
  secrets: string[],
  signed: string | Buffer,
  signature: string,
  algorithms: string[],
) {
  const [algorithm = "", hex = ""] = splitOnce(signature, "=");
  if (!algorithms.includes(algorithm)) {
    throw unauthorized(
      `The signature does not begin with ${algorithms.map((name) => `${name}=`).join(" or ")}`,
    );
  }
  const matches = secrets.map((secret) =>
    isEqual(createHmac(algorithm, secret).update(signed).digest("hex"), hex),
  );
  if (!matches.includes(true)) throw unauthorized("The signature does not match the body");
}

/**
 * Checks a list of hexadecimal HMAC-SHA256 signatures over bytes: a sender that rotates its secret sends one for each. One of them has to
 * be made with one of the valid secrets. Every pair is compared, each in constant time.
 *
 * @throws {HttpError} 401
 */
export function verifyAnyHmac(secrets: string[], signed: Buffer, signatures: string[]) {
  const expected = secrets.map((secret) => createHmac("sha256", secret).update(signed).digest("hex"));
  const matches = expected.flatMap((one) => signatures.map((signature) => isEqual(one, signature)));
  if (!matches.includes(true)) throw unauthorized("No signature matches the body");
}

/**
 * Checks `Authorization: Bearer <secret>` (RFC 6750) against every valid secret, in constant time for any length.
 *
 * @throws {HttpError} 401
 */
export function verifyBearer(authorization: string, secrets: string[]) {
  const token = authorization.match(/^bearer +(\S+) *$/i)?.[1];
  if (token === undefined) throw unauthorized("Authorization is not Bearer <token>");
  const matches = secrets.map((secret) => isEqual(digest(secret), digest(token)));
  if (!matches.includes(true)) throw unauthorized("The bearer token is not valid");
}

/** Compares in constant time, https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b */
function isEqual(expected: string, received: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(received);
  return a.length === b.length && timingSafeEqual(a, b);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
