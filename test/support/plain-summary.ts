import type { Reporter, TestModule } from "vitest/node";

/** Prints one machine-readable line at the end of the output: `12 passed, 0 failed, 1 skipped`. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let broken = errors.length;
    for (const module of modules) {
      // A file that cannot be loaded has no failed tests, so it is counted by itself.
      broken += module.errors().length;
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    // On exit, so that it follows the other reporters' output.
    process.once("exit", () => {
      const skipped = counts.skipped + counts.pending;
      const { passed, failed } = counts;
      console.log(`${passed} passed, ${failed + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    });
  }
}
