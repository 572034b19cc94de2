import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultWorld } from "../github/default-world.ts";
import { DemoDate } from "./demo-date.ts";
import { demoWorld } from "./demo-world.ts";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "demo-date-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the day that a suite's demo is of", () => {
  it("is that of the first demo, whose month the local GitHub knows from then on", () => {
    const world = defaultWorld();
    const demo = new DemoDate(world);
    expect(world).toEqual(defaultWorld());
    expect(demo.decide("2026-11-23")).toBe("2026-11-23");
    expect(demo.decide("2026-11-30")).toBe("2026-11-23");
    expect(world).toEqual(demoWorld("2026-11-23"));
  });

  it("survives a restart", () => {
    const file = join(dir, "demo-date");
    new DemoDate(defaultWorld(), file).decide("2026-11-23");
    const world = defaultWorld();
    const demo = new DemoDate(world, file);
    expect(world).toEqual(demoWorld("2026-11-23"));
    expect(demo.decide("2026-11-30")).toBe("2026-11-23");
  });
});
