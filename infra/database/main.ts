/** Brings the database to the schema of this version: npm run migrate -- [--dry-run] */
import { existsSync } from "node:fs";
import { migrate } from "../../shared/database/migrate.ts";
import { pendingMigrations } from "./pending-migrations.ts";

if (existsSync(".env")) process.loadEnvFile(".env");
const pending = await pendingMigrations();
for (const name of pending) console.log(`${name} is not in the database yet`);
if (!process.argv.includes("--dry-run")) await migrate();
if (pending.length === 0 || !process.argv.includes("--dry-run"))
  console.log("The database has the schema of this version.");
