import { defineConfig } from "drizzle-kit";

/** `npm run migration` writes the next migration from the difference between the schema and the last one. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./shared/database/schema.ts",
  out: "./shared/database/migrations",
});
