import { afterAll, beforeAll } from "vitest";
import { startPostgres } from "../../infra/emulators/postgres/start.ts";
import { disconnect } from "../../shared/database/database.ts";
import { migrate } from "../../shared/database/migrate.ts";

/** Gives a test file a database of its own: the one that DATABASE_URL names, else an embedded one. */
export function withDatabase() {
  let stop: () => Promise<void> = async () => {};
  beforeAll(async () => {
    if (process.env.DATABASE_URL) return;
    const postgres = await startPostgres();
    stop = postgres.stop;
    process.env.DATABASE_URL = postgres.url;
    await migrate();
  });
  afterAll(async () => {
    await disconnect();
    await stop();
  });
}
