import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BigQuery } from "@google-cloud/bigquery";
import { migrate } from "../../shared/database/migrate.ts";
import { createTables } from "../bigquery/apply-definitions.ts";
import { bigqueryDir } from "../bigquery/definitions.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { startServices } from "../local/services.ts";

/**
 * Runs work with the emulators of BigQuery, Postgres, Slack, GitHub and Pub/Sub, empty and without state on disk after it.
 *
 * @param work gets the environment variables with the emulators' addresses and the functions' secrets
 */
export async function withStores<T>(work: (env: Record<string, string>) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "bench-"));
  const services = await startServices({ port: 0, dataDir, githubState: defaultGitHubState() });
  try {
    await migrate();
    await createTables(new BigQuery({ projectId: "local" }), bigqueryDir);
    const env = Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return await work(Object.fromEntries(env));
  } finally {
    await Promise.all(Object.values(services).map((service) => service.stop()));
    await rm(dataDir, { recursive: true, force: true });
  }
}
