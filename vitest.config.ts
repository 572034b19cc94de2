import { existsSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";
import { findPostgresServer } from "./test/support/postgresql/server.ts";

/** Start an emulator, a database or another program. */
const withEmulators = [
  "infra/{emulators,bigquery,looker,terraform,build,local}/**/*.test.ts",
  "shared/{bigquery,database,pubsub}/**/*.test.ts",
];
/** Depend on locks or upserts, in which PGlite could differ from a PostgreSQL server. These are quick, and run on both. */
const onBoth = ["shared/database/**/*.test.ts", "functions/prune/**/*.test.ts"];
/** As well. Where there is a server they run on it alone: the other scenarios, the demo and npm start use PGlite. */
const onPostgreSql = [
  "test/scenarios/{deploys,deploy-progress,redeliver,required-checks,required-checks-retries,slack-app-members}.test.ts",
];

const found = findPostgresServer();
const hasServer = Boolean(process.env.DATABASE_URL) || !("missing" in found);
if ("missing" in found && !hasServer)
  console.warn(`The tests of the state in Postgres run on PGlite alone: ${found.missing}`);

const prepared = "test/support/prepared/global-setup.ts";
const setup = "test/support/setup.ts";
const environment = {
  // The GitHub emulator recovers at once: the client need not wait for seconds before it retries.
  GITHUB_RETRY_BASE_MS: "5",
  // Each suite copies 40 MB and syncs every change: in memory where the system has a folder there.
  ...(existsSync("/dev/shm") && { TMPDIR: "/dev/shm" }),
};

export default defineConfig({
  // The suite runs React as deployed, which has no development transform.
  esbuild: { jsxDev: false },
  test: {
    reporters: ["default", "./test/support/plain-summary.ts"],
    // One more than the cores of CI: a suite waits a third of its time, for back-offs, time limits and programs that it started.
    maxWorkers: 3,
    // A process for each file costs more than most files: see test/support/setup.ts.
    isolate: false,
    // A whole suite in one process makes much that is soon garbage: with room for it, less is copied.
    execArgv: ["--max-semi-space-size=64"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{functions,shared,infra}/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...withEmulators],
          setupFiles: [setup],
          env: { ...environment, DATABASE_URL: "" },
        },
      },
      {
        extends: true,
        test: {
          name: "emulators",
          include: withEmulators,
          globalSetup: prepared,
          setupFiles: [setup],
          env: { ...environment, DATABASE_URL: "" },
        },
      },
      {
        extends: true,
        test: {
          name: "scenarios",
          include: ["test/scenarios/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...(hasServer ? onPostgreSql : [])],
          globalSetup: prepared,
          setupFiles: [setup],
          env: { ...environment, DATABASE_URL: "" },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          // Start and kill programs, and listen on channels of the process (node:diagnostics_channel).
          isolate: true,
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: prepared,
          setupFiles: [setup],
          env: { ...environment, DATABASE_URL: "" },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: prepared,
          setupFiles: [setup],
          env: { ...environment, DATABASE_URL: "" },
        },
      },
      ...(hasServer
        ? [
            {
              extends: true as const,
              test: {
                name: "postgresql",
                include: [...onBoth, ...onPostgreSql],
                globalSetup: [prepared, "test/support/postgresql/global-setup.ts"],
                setupFiles: [setup, "test/support/postgresql/setup.ts"],
                env: environment,
              },
            },
          ]
        : []),
    ],
  },
});
