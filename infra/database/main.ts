import { existsSync } from "node:fs";
import { migrate } from "../../shared/database/migrate.ts";
import { runMain } from "../cli/run-main.ts";
import { pendingMigrations } from "./pending-migrations.ts";

const usage = `Usage: npm run migrate -- [--dry-run]

Migrates the database in DATABASE_URL, or in the DB_* variables, to the schema of this version. Reads .env if there is one.
  --dry-run   list the missing migrations and change nothing`;

await runMain({ usage, options: { "dry-run": { type: "boolean", default: false } } }, async ({ values }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const pending = await pendingMigrations();
  for (const name of pending) console.log(`${name} is not in the database yet`);
  if (!values["dry-run"]) await migrate();
  if (pending.length === 0 || !values["dry-run"]) console.log("The database has the schema of this version.");
});
