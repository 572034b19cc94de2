import type { TestProject } from "vitest/node";
import { findPostgresServer, startPostgresServer } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server on which each test file creates a database. */
    postgresUrl: string;
  }
}

/** The PostgreSQL server of a test run: the one in DATABASE_URL, or one started for the run. */
export default async function setup(project: TestProject) {
  if (process.env.DATABASE_URL) return project.provide("postgresUrl", process.env.DATABASE_URL);
  const found = findPostgresServer();
  if ("missing" in found) throw new Error(found.missing);
  const server = await startPostgresServer(found.programs);
  project.provide("postgresUrl", server.url);
  return server.stop;
}
