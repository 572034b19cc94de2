import { existsSync } from "node:fs";
import { migrate } from "../../shared/database/migrate.ts";

if (existsSync(".env")) process.loadEnvFile(".env");
await migrate();
console.log("The database has the schema of this version.");
