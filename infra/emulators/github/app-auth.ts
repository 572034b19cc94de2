import { createVerify, randomBytes } from "node:crypto";

/** GitHub: installation tokens expire after one hour. */
const TOKEN_LIFETIME_MS = 3_600_000;

/** Checks the GitHub App's JSON Web Tokens, and issues installation tokens. */
export class AppAuth {
  readonly #publicKey: string;
  readonly #tokens = new Map<string, number>();

  /** @param publicKey PEM of the App's public key */
  constructor(publicKey: string) {
    this.#publicKey = publicKey;
  }

  /**
   * Reads the App's id from a JWT.
   * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
   *
   * @returns null if the signature is wrong or the token has expired
   */
  appId(authorization: string | undefined): string | null {
    const [header, payload, signature] = (authorization?.match(/^bearer (\S+)$/i)?.[1] ?? "").split(".");
    if (!header || !payload || !signature) return null;
    const verifier = createVerify("RSA-SHA256").update(`${header}.${payload}`);
    if (!verifier.verify(this.#publicKey, signature, "base64url")) return null;
    const { exp, iss } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as {
      exp?: number;
      iss?: unknown;
    };
    return exp !== undefined && exp * 1000 > Date.now() ? String(iss) : null;
  }

  issueToken(): { token: string; expires_at: string } {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const expires = Date.now() + TOKEN_LIFETIME_MS;
    this.#tokens.set(token, expires);
    return { token, expires_at: new Date(expires).toISOString() };
  }

  isInstallation(authorization: string | undefined): boolean {
    const token = authorization?.match(/^(?:token|bearer) (\S+)$/i)?.[1] ?? "";
    return (this.#tokens.get(token) ?? 0) > Date.now();
  }
}
