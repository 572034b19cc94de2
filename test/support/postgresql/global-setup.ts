import type { TestProject } from "vitest/node";
import { findPostgresServer, startPostgresServer } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server where each test file makes a database of its own. */
    postgresUrl: string;
  }
}

/** The server for a run of the tests that use Postgres: DATABASE_URL's, or one that is started for it. */
export default async function setup(project: TestProject) {
  if (process.env.DATABASE_URL) return project.provide("postgresUrl", process.env.DATABASE_URL);
  const found = findPostgresServer();
  if ("missing" in found) throw new Error(found.missing);
  const server = await startPostgresServer(found.programs);
  project.provide("postgresUrl", server.url);
  return server.stop;
}
