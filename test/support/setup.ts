import { vi } from "vitest";

// Files that are not isolated share a process, in which the packages of node_modules are loaded once. The project's own modules are
// loaded again for each file, and begin with the environment of a new process: production modules keep clients of an endpoint.
const globals = globalThis as { environmentAtStart?: NodeJS.ProcessEnv };
globals.environmentAtStart ??= { ...process.env };
for (const name of Object.keys(process.env)) {
  if (!(name in globals.environmentAtStart)) delete process.env[name];
}
Object.assign(process.env, globals.environmentAtStart);
vi.resetModules();

// The tests' people, repositories and channels are those of the repository's own file.
process.env.CI_TOOLING_CONFIG = "";

// The Functions Framework shows stack traces in its error pages unless it runs as deployed.
process.env.NODE_ENV = "production";

// A variable exported for deploying must not reach the tests: their emulators belong to this project.
process.env.GOOGLE_CLOUD_PROJECT = "local";

// Otherwise Google's clients look for a metadata server and print a warning.
process.env.METADATA_SERVER_DETECTION = "none";
