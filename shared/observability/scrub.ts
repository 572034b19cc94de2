/** The parts of Sentry's events that are looked at here, https://develop.sentry.dev/sdk/data-model/event-payloads/ */
interface SentryEvent {
  message?: string;
  request?: unknown;
  user?: unknown;
  extra?: unknown;
  breadcrumbs?: unknown;
  server_name?: string;
  exception?: { values?: { value?: string; stacktrace?: { frames?: { vars?: unknown }[] } }[] };
}

/** Longer messages quote what somebody sent. */
const MAX_MESSAGE = 500;
/** Shorter values of secrets would be found in ordinary words. */
const SHORTEST_SECRET = 6;

/** What secrets look like, wherever they come from. */
const looksSecret = [
  // Slack's tokens
  /xox[a-z]-[\w-]+/g,
  // GitHub's tokens, https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
  /\b(?:gh[a-z]|github_pat)_\w+/g,
  /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g,
  /\b(?:Bearer|Basic|token)\s+[\w.~+/=-]{8,}/gi,
  /\b(?:sha1|sha256|v0)=[0-9a-f]{16,}/gi,
  // Three parts in base64url: a JSON Web Token
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // user:password@ in an address
  /\/\/[^\s/@:]+:[^\s/@]+@/g,
];

/** Variables whose values are secrets. */
const secretName = /SECRET|TOKEN|PASSWORD|DATABASE_URL|_KEY$/;

/**
 * Takes out of an event whatever could tell what was sent, by whom, or a secret.
 *
 * @param env the variables with secrets among them: their values are taken out wherever they are
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

/** A text without secrets, cut to a length at which it cannot quote a payload. */
export function redact(text: string, env: Record<string, string | undefined>): string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    secretName.test(name) && value && value.length >= SHORTEST_SECRET ? [value] : [],
  );
  const known = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const clean = looksSecret.reduce((rest, pattern) => rest.replace(pattern, "[secret]"), known);
  return clean.length > MAX_MESSAGE ? `${clean.slice(0, MAX_MESSAGE)}…` : clean;
}
