import { createHmac, timingSafeEqual } from "node:crypto";
import { unauthorized } from "./http-error.ts";

/**
 * Checks a signature `<algorithm>=<hex>` over bytes against every valid secret, in constant time.
 *
 * @param algorithms those accepted, as named before the `=`
 * @throws {HttpError} 401 when none of the secrets made it
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
    equal(createHmac(algorithm, secret).update(signed).digest("hex"), hex),
  );
  if (!matches.includes(true)) throw unauthorized("The signature does not match the body");
}

/** Compares in constant time, https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b */
export function equal(expected: string, received: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(received);
  return a.length === b.length && timingSafeEqual(a, b);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
