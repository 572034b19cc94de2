import type { Reporter, TestModule } from "vitest/node";

/** Ends the output with one line that says what happened, for programs that read it: `12 passed, 0 failed, 1 skipped`. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    let broken = errors.length;
    for (const module of modules) {
      // A file that could not be loaded has no tests that could fail.
      broken += module.errors().length;
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    // After the other reporters' last words.
    process.once("exit", () => {
      const skipped = counts.skipped + counts.pending;
      const { passed, failed } = counts;
      console.log(`${passed} passed, ${failed + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    });
  }
}
