import type { Reporter, TestModule } from "vitest/node";

/** Prints the names of failed tests, and one machine-readable line at the end of the output: `12 passed, 0 failed, 1 skipped`. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const failures: string[] = [];
    let broken = errors.length;
    for (const module of modules) {
      // A file that cannot be loaded has no failed tests, so it is counted by itself.
      broken += module.errors().length;
      for (const { message } of module.errors())
        failures.push(`${module.relativeModuleId}: ${firstLine(message)}`);
      for (const test of module.children.allTests()) {
        const result = test.result();
        counts[result.state]++;
        if (result.state === "failed")
          failures.push(
            `${module.relativeModuleId} > ${test.fullName}: ${firstLine(result.errors[0]?.message)}`,
          );
      }
    }
    // On exit, so that it follows the other reporters' output.
    process.once("exit", () => {
      const skipped = counts.skipped + counts.pending;
      const { passed, failed } = counts;
      // Together at the end: the reports of single failures are long.
      for (const failure of failures) console.log(`failed: ${failure}`);
      console.log(`${passed} passed, ${failed + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    });
  }
}

function firstLine(message: string | undefined): string {
  return (message ?? "").split("\n")[0]?.slice(0, 200) ?? "";
}
