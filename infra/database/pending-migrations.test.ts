import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "../../shared/database/migrate.ts";
import { startPostgres } from "../emulators/postgres/start.ts";
import { pendingMigrations } from "./pending-migrations.ts";

let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres({});
});
afterAll(() => postgres.stop());

it("an empty database lacks every migration, a migrated database none", async () => {
  const env = { DATABASE_URL: postgres.url };
  expect(await pendingMigrations(env)).toContain("0000_initial");
  await migrate(env);
  expect(await pendingMigrations(env)).toEqual([]);
});
