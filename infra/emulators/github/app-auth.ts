import { createVerify, randomBytes } from "node:crypto";

/** GitHub: installation tokens expire after one hour. */
const TOKEN_LIFETIME_MS = 3_600_000;
/** GitHub: a JWT expires at most this long after it is received. */
const MAX_JWT_SECONDS = 600;

/** GitHub's response to a request without valid authentication. */
interface Refusal {
  status: 401 | 404;
  message: string;
}

const refusals = {
  undecodable: { status: 401, message: "A JSON web token could not be decoded" },
  unknownApp: { status: 404, message: "Integration not found" },
  notIssued: {
    status: 401,
    message:
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
  },
  expired: {
    status: 401,
    message:
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
  },
  tooLong: { status: 401, message: "'Expiration time' claim ('exp') is too far in the future" },
} satisfies Record<string, Refusal>;

interface App {
  /** The App's id: `iss` of its JWTs. */
  id: string;
  /** PEM of the App's public key. */
  publicKey: string;
}

/**
 * Checks the JSON Web Token of a GitHub App. Pure.
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 *
 * @param now milliseconds since 1970
 * @returns GitHub's refusal; null for a valid token
 */
export function checkJwt(authorization: string | undefined, app: App, now: number): Refusal | null {
  const [head = "", body = "", signature = ""] = (authorization?.match(/^bearer (\S+)$/i)?.[1] ?? "").split(
    ".",
  );
  const claims = decode(body);
  if (decode(head)?.alg !== "RS256" || claims?.iss === undefined) return refusals.undecodable;
  // The issuer selects the key.
  if (String(claims.iss) !== app.id) return refusals.unknownApp;
  const verifier = createVerify("RSA-SHA256").update(`${head}.${body}`);
  if (!verifier.verify(app.publicKey, signature, "base64url")) return refusals.undecodable;
  const { iat, exp } = claims;
  const seconds = now / 1000;
  if (typeof iat !== "number" || !Number.isInteger(iat) || iat > seconds) return refusals.notIssued;
  if (typeof exp !== "number" || exp <= seconds) return refusals.expired;
  return exp > seconds + MAX_JWT_SECONDS ? refusals.tooLong : null;
}

/** Checks the GitHub App's JSON Web Tokens, and issues installation tokens. */
export class AppAuth {
  readonly #app: App;
  readonly #now: () => number;
  readonly #tokens = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(app: App, now: () => number) {
    this.#app = app;
    this.#now = now;
  }

  /** @returns GitHub's refusal of a request that is not the App's; null if it is */
  refuseApp(authorization: string | undefined): Refusal | null {
    return checkJwt(authorization, this.#app, this.#now());
  }

  issueToken(): { token: string; expires_at: string } {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const expires = this.#now() + TOKEN_LIFETIME_MS;
    this.#tokens.set(token, expires);
    return { token, expires_at: new Date(expires).toISOString() };
  }

  isInstallation(authorization: string | undefined): boolean {
    const token = authorization?.match(/^(?:token|bearer) (\S+)$/i)?.[1] ?? "";
    return (this.#tokens.get(token) ?? 0) > this.#now();
  }
}

/** A part of a JWT: base64url of a JSON object. */
function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
