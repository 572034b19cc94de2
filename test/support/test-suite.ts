import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { LocalSuite } from "../../infra/local/client.ts";
import { type Suite, type SuiteOptions, startSuite } from "../../infra/local/suite.ts";
import { type FunctionFolder, readFunctions } from "../../infra/manifests/read-functions.ts";
import type { SubscriptionPolicy } from "../../infra/manifests/subscription-policy.ts";
import { encodeFor, type Sent, send, type ToSign } from "../../infra/send/send.ts";

/** Backs off for milliseconds, where the deployed policy backs off for minutes. */
export const fastRetryPolicy: SubscriptionPolicy = {
  minimumBackoffSeconds: 0.05,
  maximumBackoffSeconds: 0.5,
  maxDeliveryAttempts: 5,
  ackDeadlineSeconds: 30,
};

export interface TestSuite extends Suite {
  local: LocalSuite;
  /** Waits until no delivery is in flight or waits for a retry. For tests that read no facts: a refresh takes longer than most deliveries. */
  settled(): Promise<void>;
  folder(source: string): FunctionFolder;
  /** Signs and sends a body as the source's sender would. */
  send(source: string, body: Buffer | object, unsigned?: Partial<Omit<ToSign, "body">>): Promise<Sent>;
}

/** Copies the state after a first start into an empty directory: see prepared/global-setup.ts. */
export function copyPrepared(dataDir: string) {
  cpSync(inject("preparedDir"), dataDir, { recursive: true });
}

/** Starts the whole suite in this process for a test file, on free ports and with its own data directory. */
export async function startTestSuite(
  options: Partial<Omit<SuiteOptions, "dataDir" | "fresh">> = {},
): Promise<TestSuite> {
  process.env.LOG_LEVEL ??= "CRITICAL";
  const dataDir = mkdtempSync(join(tmpdir(), "ci-tooling-"));
  copyPrepared(dataDir);
  const suite = await startSuite({ port: 0, policy: fastRetryPolicy, clock: false, dataDir, ...options });
  const folders = new Map((await readFunctions()).map((folder) => [folder.name, folder]));
  const folder = (source: string) => {
    const found = folders.get(source);
    if (!found) throw new Error(`There is no function ${source}`);
    return found;
  };
  const local = new LocalSuite(suite.url);
  return {
    ...suite,
    async stop() {
      await suite.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
    local,
    settled: () => local.idle(undefined, { facts: "later" }),
    folder,
    async send(source, body, unsigned = {}) {
      const bytes = Buffer.isBuffer(body)
        ? body
        : await encodeFor(folder(source), Buffer.from(JSON.stringify(body)));
      return send(`${suite.url}/${source}`, folder(source), { ...unsigned, body: bytes });
    },
  };
}
