import { configDefaults, defineConfig } from "vitest/config";
import { findPostgresServer } from "./test/support/postgresql/server.ts";

/** Run twice: on the embedded database, and on a server. */
const onDatabase = [
  "shared/database/**/*.test.ts",
  "test/scenarios/{deploy,deploys,required-checks,slack-app}*.test.ts",
];

const found = findPostgresServer();
const hasServer = Boolean(process.env.DATABASE_URL) || !("missing" in found);
if ("missing" in found && !hasServer)
  console.warn(`The tests of what is kept in Postgres run on PGlite alone: ${found.missing}`);

export default defineConfig({
  // The suite runs React as deployed, which has no development transform.
  esbuild: { jsxDev: false },
  test: {
    reporters: ["default", "./test/support/plain-summary.ts"],
    // Suites that start the whole system share two cores: more workers only slow each other down.
    maxWorkers: 2,
    // A whole suite in one process makes much that is soon garbage: with room for it, less is copied.
    execArgv: ["--max-semi-space-size=64"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: "embedded",
          include: ["{functions,shared,infra,test}/**/*.test.ts"],
          benchmark: { include: ["{functions,shared,infra,test}/**/*.bench.ts"] },
          globalSetup: "test/support/prepared/global-setup.ts",
          setupFiles: ["test/support/setup.ts"],
          env: { DATABASE_URL: "" },
        },
      },
      ...(hasServer
        ? [
            {
              extends: true as const,
              test: {
                name: "postgresql",
                include: onDatabase,
                benchmark: { exclude: [...configDefaults.exclude, "**"] },
                globalSetup: [
                  "test/support/prepared/global-setup.ts",
                  "test/support/postgresql/global-setup.ts",
                ],
                setupFiles: ["test/support/setup.ts", "test/support/postgresql/setup.ts"],
              },
            },
          ]
        : []),
    ],
  },
});
