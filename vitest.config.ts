import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{functions,shared,infra,test}/**/*.test.ts"],
    benchmark: { include: ["{functions,shared,infra,test}/**/*.bench.ts"] },
    setupFiles: ["test/setup.ts"],
    // Suites that start the whole system share two cores: more workers only make each other time out.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
