import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultGitHubState } from "../local/seed/github.ts";
import { DemoDate } from "./demo-date.ts";
import { demoState } from "./demo-state.ts";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "demo-date-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the day that a suite's demo is of", () => {
  it("is that of the first demo, whose month the local GitHub knows from then on", () => {
    const world = defaultGitHubState();
    const demo = new DemoDate(world);
    expect(world).toEqual(defaultGitHubState());
    expect(demo.choose("2026-11-23")).toBe("2026-11-23");
    expect(demo.choose("2026-11-30")).toBe("2026-11-23");
    expect(world).toEqual(demoState("2026-11-23"));
  });

  it("survives a restart", () => {
    const file = join(dir, "demo-date");
    new DemoDate(defaultGitHubState(), file).choose("2026-11-23");
    const world = defaultGitHubState();
    const demo = new DemoDate(world, file);
    expect(world).toEqual(demoState("2026-11-23"));
    expect(demo.choose("2026-11-30")).toBe("2026-11-23");
  });
});
