import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FunctionFolder } from "../manifests/read-functions.ts";

/** Secrets whose value is not derived from their name. */
const formatted: Record<string, string> = {
  // https://docs.slack.dev/authentication/tokens#bot
  SLACK_BOT_USER_ACCESS_TOKEN: "xoxb-local",
  GH_APP_IDENTIFIER: "1",
  // Standard Webhooks: a key in base64, here of the text local-report-webhook-secret.
  REPORT_WEBHOOK_SECRET: "whsec_bG9jYWwtcmVwb3J0LXdlYmhvb2stc2VjcmV0",
  // Scripts of this suite's users sign with these three.
  GH_WEBHOOK_SECRET: "local-github-webhook-secret",
  SENTRY_WEBPACK_WEBHOOK_SECRET: "local-webpack-webhook-secret",
  BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET: "local-bootstrap-webhook-secret",
};

/** A PEM key, see `localAppKey`. */
const APP_KEY = "GH_APP_SECRET_KEY";
/** Belongs to a database outside the suite: an invented value would hide that it is missing. */
const DATABASE_PASSWORD = "DB_PASSWORD";

/** The local suite's value of a secret, `local-<name in kebab case>` unless listed above. Senders sign with it. */
export function localSecret(name: string): string {
  return formatted[name] ?? `local-${name.toLowerCase().replaceAll("_", "-")}`;
}

/** Sets every secret of the functions' manifests that the environment lacks to the local suite's value. */
export function provideLocalSecrets(functions: FunctionFolder[], env: NodeJS.ProcessEnv = process.env): void {
  const names = new Set(functions.flatMap(({ manifest }) => manifest.secrets));
  for (const name of [APP_KEY, DATABASE_PASSWORD]) names.delete(name);
  for (const name of names) env[name] ||= localSecret(name);
}

/**
 * The private key of the local GitHub App. The first start generates it and stores it in the data directory.
 *
 * @param dataDir without it the key is not stored
 * @returns PEM
 */
export async function loadAppKey(dataDir?: string): Promise<string> {
  const file = dataDir && join(dataDir, "github-app.pem");
  if (file && existsSync(file)) return readFile(file, "utf8");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  if (file) await writeFile(file, pem, { mode: 0o600 });
  return pem;
}
