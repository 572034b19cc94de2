import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface StubPrograms {
  /** A PATH with the stubs first. */
  path: string;
  /** Every call so far: program, arguments, and ` < ` with its standard input. */
  calls(): string[];
  remove(): void;
}

/**
 * Programs that do nothing but write down how they were called.
 *
 * @param scripts by program: more for the shell to do, with `$*` the arguments
 */
export function stubPrograms(scripts: Record<string, string>): StubPrograms {
  const dir = mkdtempSync(join(tmpdir(), "stubs-"));
  const log = join(dir, "calls.log");
  for (const [program, script] of Object.entries(scripts)) {
    const file = join(dir, program);
    const record = `if [ -t 0 ]; then input=; else input="$(cat)"; fi\necho "${program} $*\${input:+ < $input}" >> '${log}'`;
    writeFileSync(file, `#!/bin/sh\n${record}\n${script}\n`);
    chmodSync(file, 0o755);
  }
  return {
    path: `${dir}${delimiter}${process.env.PATH}`,
    calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
