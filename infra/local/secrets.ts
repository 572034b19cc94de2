import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Secrets that senders and functions of the local suite share, where the environment has none. Nothing outside knows them. */
export const localSecrets: Record<string, string> = {
  GH_WEBHOOK_SECRET: "local-github-webhook-secret",
  SLACK_SIGNING_SECRET: "local-slack-signing-secret",
  SLACK_BOT_USER_ACCESS_TOKEN: "xoxb-local",
  FREIGHT_WEBHOOK_SECRET: "local-freight-webhook-secret",
  SENTRY_WEBPACK_WEBHOOK_SECRET: "local-webpack-webhook-secret",
  BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET: "local-bootstrap-webhook-secret",
  GH_APP_IDENTIFIER: "1",
};

/** Gives each secret that the environment lacks the local suite's value. */
export function provideLocalSecrets(env: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(localSecrets)) env[name] ||= value;
}

/**
 * The private key of the local GitHub App, made at the first start and kept in the data directory.
 *
 * @param dataDir without it the key is kept nowhere
 * @returns PEM
 */
export async function localAppKey(dataDir?: string): Promise<string> {
  const file = dataDir && join(dataDir, "github-app.pem");
  if (file && existsSync(file)) return readFile(file, "utf8");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  if (file) await writeFile(file, pem, { mode: 0o600 });
  return pem;
}
