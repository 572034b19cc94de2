import { removePersonalData } from "./remove-personal-data.ts";

/** The fields of Sentry's events that this file reads, https://develop.sentry.dev/sdk/data-model/event-payloads/ */
interface SentryEvent {
  message?: string;
  request?: unknown;
  user?: unknown;
  extra?: unknown;
  breadcrumbs?: unknown;
  server_name?: string;
  exception?: { values?: { value?: string; stacktrace?: { frames?: { vars?: unknown }[] } }[] };
}

/** Characters. Longer messages may quote a payload. */
const MAX_MESSAGE = 500;
/** Characters. Shorter secret values would match ordinary words. */
const SHORTEST_SECRET = 6;

/** Patterns of secrets from any source. */
const secretPatterns = [
  // Slack's tokens
  /xox[a-z]-[\w-]+/g,
  // GitHub's tokens, https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
  /\b(?:gh[a-z]|github_pat)_\w+/g,
  /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g,
  /\b(?:Bearer|Basic|token)\s+[\w.~+/=-]{8,}/gi,
  /\b(?:sha1|sha256|v0|v1)=[0-9a-f]{16,}/gi,
  // Standard Webhooks: a secret, and a signature
  /\b(?:whsec_|v1,)[\w+/=]{16,}/g,
  // Three parts in base64url: a JSON Web Token
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // user:password@ in a URL
  /\/\/[^\s/@:]+:[^\s/@]+@/g,
];

/** Variables whose values are secrets. */
const secretName = /SECRET|TOKEN|PASSWORD|DATABASE_URL|_KEY$/;

/**
 * Removes request, user, payload and secrets from an event.
 *
 * @param env the environment variables: values of those with a secret's name are removed wherever they occur
 */
export function scrub<E extends SentryEvent>(event: E, env: Record<string, string | undefined>): E {
  const kept = { ...event };
  for (const part of ["request", "user", "extra", "breadcrumbs", "server_name"] as const) delete kept[part];
  if (kept.message !== undefined) kept.message = redact(kept.message, env);
  for (const exception of kept.exception?.values ?? []) {
    if (exception.value !== undefined) exception.value = redact(exception.value, env);
    for (const frame of exception.stacktrace?.frames ?? []) delete frame.vars;
  }
  return kept;
}

/** Removes personal data from a text, replaces secrets by `[secret]` and cuts it to 500 characters, so that it cannot quote a payload. */
export function redact(text: string, env: Record<string, string | undefined>): string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    secretName.test(name) && value && value.length >= SHORTEST_SECRET ? [value] : [],
  );
  const withoutValues = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const withoutSecrets = secretPatterns.reduce(
    (rest, pattern) => rest.replace(pattern, "[secret]"),
    withoutValues,
  );
  const clean = removePersonalData(withoutSecrets);
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE)}…` : clean;
}
