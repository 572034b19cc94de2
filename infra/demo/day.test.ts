import { describe, expect, it } from "vitest";
import { LocalSuite } from "../local/client.ts";
import { demoDay } from "./day.ts";

describe("the demo's day", () => {
  const scenes = demoDay("2026-11-24", new LocalSuite("http://localhost:1"));
  const labels = scenes.map((scene) => scene.map(({ label }) => label));

  it("begins with the examples of other organizations, so that its own story is the newest", () => {
    expect(labels[0]).toContain("workflow_run");
    expect(labels.slice(1).flat()).not.toContain("workflow_run");
  });

  it("ends with a failed deploy and a wrong signature", () => {
    expect(labels.slice(-2)).toEqual([["deploy #106 failed"], ["a wrong signature"]]);
    expect(scenes.flat().filter(({ secret }) => secret !== undefined)).toHaveLength(1);
  });
});
