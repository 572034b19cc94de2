import { googleAuthLibrary } from "google-gax";
import { z } from "zod";
import { ConfigurationError } from "../../shared/configuration-error.ts";
import type { Organization } from "../../shared/organization/organization.ts";

/** Header of IAP's assertion, https://cloud.google.com/iap/docs/signed-headers-howto */
export const ASSERTION_HEADER = "x-goog-iap-jwt-assertion";
const ISSUER = "https://cloud.google.com/iap";
/** An assertion lasts for ten minutes; the clocks may differ by 30 seconds. */
const MAX_LIFETIME_SECONDS = 600 + 60;
/** Keys change rarely, and IAP announces the next ones early. */
const KEYS_MS = 60 * 60_000;
/** A key that is not known is looked for once in this time: anybody can send an assertion with an invented one. */
const MISSING_KEY_MS = 60_000;

export type Role = "viewer" | "operator";

/** Who sent a request. */
export interface Person {
  email: string;
  /** Google's id of the account, which log lines may name. */
  id: string;
  role: Role;
}

/** Thrown for a request without a valid assertion. Its message repeats no part of the assertion. */
export class IdentityError extends Error {
  override name = "IdentityError";
}

const claims = z.object({ email: z.email(), sub: z.string().min(1) });

/** Verifies the assertions of Identity-Aware Proxy: a request that did not pass it has none. */
export class IapVerifier {
  readonly #audience: string;
  readonly #client: InstanceType<typeof googleAuthLibrary.OAuth2Client>;
  #keys: { byId: Record<string, string>; readAt: number } | undefined;

  /**
   * @param env IAP_AUDIENCE, the backend service; IAP_PUBLIC_KEYS_URL, Google's unless set
   * @throws {ConfigurationError} without an audience: any other application's assertion would pass
   */
  constructor(env: Record<string, string | undefined>) {
    if (!env.IAP_AUDIENCE)
      throw new ConfigurationError("IAP_AUDIENCE is not set (docs/console-in-the-cloud.md)");
    this.#audience = env.IAP_AUDIENCE;
    const url = env.IAP_PUBLIC_KEYS_URL;
    this.#client = new googleAuthLibrary.OAuth2Client(
      url ? { endpoints: { oauth2IapPublicKeyUrl: url } } : {},
    );
  }

  /**
   * @returns address and id of the person
   * @throws {IdentityError} if the assertion is missing, forged, expired, or meant for another application
   */
  async verify(assertion: string | undefined): Promise<Omit<Person, "role">> {
    if (!assertion) throw new IdentityError("The request has no assertion of Identity-Aware Proxy");
    const keys = await this.#readKeys(readKeyId(assertion));
    try {
      const ticket = await this.#client.verifySignedJwtWithCertsAsync(
        assertion,
        keys,
        this.#audience,
        [ISSUER],
        MAX_LIFETIME_SECONDS,
      );
      const { email, sub } = claims.parse(ticket.getPayload());
      return { email: email.toLowerCase(), id: sub };
    } catch {
      // The library's messages contain the assertion.
      throw new IdentityError("The assertion of Identity-Aware Proxy is not valid");
    }
  }

  async #readKeys(wanted: string): Promise<Record<string, string>> {
    const age = Date.now() - (this.#keys?.readAt ?? 0);
    const isFresh = this.#keys && age < KEYS_MS && (wanted in this.#keys.byId || age < MISSING_KEY_MS);
    if (!this.#keys || !isFresh) {
      const { pubkeys } = await this.#client.getIapPublicKeys();
      this.#keys = { byId: { ...pubkeys }, readAt: Date.now() };
    }
    return this.#keys.byId;
  }
}

/** @throws {IdentityError} */
function readKeyId(assertion: string): string {
  try {
    const header: unknown = JSON.parse(Buffer.from(assertion.split(".")[0] ?? "", "base64url").toString());
    return z.object({ alg: z.literal("ES256"), kid: z.string() }).parse(header).kid;
  } catch {
    throw new IdentityError("The assertion of Identity-Aware Proxy is not valid");
  }
}

/** Everybody who passes IAP may read; the operators of `ci-tooling.yaml` may replay as well. */
export function chooseRole(email: string, { console: { operators } }: Pick<Organization, "console">): Role {
  return operators.some((one) => one.toLowerCase() === email.toLowerCase()) ? "operator" : "viewer";
}
