import { createHash } from "node:crypto";
import { unauthorized } from "./http-error.ts";
import { equal } from "./verify-hmac.ts";

/**
 * Checks `Authorization: Bearer <secret>` (RFC 6750) against every valid secret, in constant time whatever their lengths.
 *
 * @throws {HttpError} 401
 */
export function verifyBearer(authorization: string, secrets: string[]) {
  const token = authorization.match(/^bearer +(\S+) *$/i)?.[1];
  if (token === undefined) throw unauthorized("Authorization is not Bearer <token>");
  const matches = secrets.map((secret) => equal(digest(secret), digest(token)));
  if (!matches.includes(true)) throw unauthorized("The bearer token is not valid");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
