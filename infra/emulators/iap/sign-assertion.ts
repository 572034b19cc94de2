import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** https://cloud.google.com/iap/docs/signed-headers-howto#verifying_the_jwt_payload */
const ISSUER = "https://cloud.google.com/iap";
const LIFETIME_SECONDS = 600;

/** The key of an emulator, generated at each start. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  /** PEM */
  publicKey: string;
}

/** Generates a key of P-256: the assertion's algorithm is ES256, https://www.rfc-editor.org/rfc/rfc7518#section-3.4 */
export function generateSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { id: createHash("sha256").update(pem).digest("hex").slice(0, 6), privateKey, publicKey: pem };
}

export interface AssertionOptions {
  email: string;
  /** `/projects/<number>/global/backendServices/<id>` */
  audience: string;
  /** Seconds since 1970. */
  issuedAt: number;
}

/** Signs the assertion of a person: header, claims and lifetime as IAP documents them. */
export function signAssertion(key: SigningKey, { email, audience, issuedAt }: AssertionOptions): string {
  const claims = {
    iss: ISSUER,
    aud: audience,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    sub: `accounts.google.com:${accountId(email)}`,
    email,
    hd: email.split("@").at(-1),
  };
  const signed = [{ alg: "ES256", typ: "JWT", kid: key.id }, claims].map(encode).join(".");
  const signature = sign("sha256", Buffer.from(signed), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

/** A number that stays the same for an address, as Google's account ids do. */
export function accountId(email: string): string {
  return BigInt(`0x${createHash("sha256").update(email).digest("hex").slice(0, 16)}`).toString();
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
