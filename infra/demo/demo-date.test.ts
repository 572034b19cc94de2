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

describe("the date of a suite's demo", () => {
  it("is the date of the first demo, and the GitHub emulator then contains its month", () => {
    const state = defaultGitHubState();
    const demo = new DemoDate(state);
    expect(state).toEqual(defaultGitHubState());
    expect(demo.choose("2026-11-23")).toBe("2026-11-23");
    expect(demo.choose("2026-11-30")).toBe("2026-11-23");
    expect(state).toEqual(demoState("2026-11-23"));
  });

  it("survives a restart", () => {
    const file = join(dir, "demo-date");
    new DemoDate(defaultGitHubState(), file).choose("2026-11-23");
    const state = defaultGitHubState();
    const demo = new DemoDate(state, file);
    expect(state).toEqual(demoState("2026-11-23"));
    expect(demo.choose("2026-11-30")).toBe("2026-11-23");
  });
});
