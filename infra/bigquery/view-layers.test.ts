import { describe, expect, it } from "vitest";
import { viewLayers } from "./view-layers.ts";

const view = (name: string, query: string) => ({ dataset: "eng", view: name, query });

describe("viewLayers", () => {
  it("puts a view above every view that it reads", () => {
    const layers = viewLayers([
      view("top", "SELECT * FROM eng.middle JOIN `eng.bottom` USING (id)"),
      view("middle", "SELECT * FROM eng.bottom"),
      view("bottom", "SELECT * FROM eng.rows"),
    ]);
    expect([...layers]).toEqual([
      ["eng.bottom", 0],
      ["eng.middle", 1],
      ["eng.top", 2],
    ]);
  });

  it("ignores names in comments and strings, and longer names with the same start", () => {
    const layers = viewLayers([
      view("a", "SELECT 'eng.b' AS b FROM eng.b_rows -- not eng.b"),
      view("b", "SELECT * FROM eng.a"),
    ]);
    expect(Object.fromEntries(layers)).toEqual({ "eng.a": 0, "eng.b": 1 });
  });

  it("rejects views that read each other", () => {
    const circle = [view("a", "SELECT * FROM eng.b"), view("b", "SELECT * FROM eng.a")];
    expect(() => viewLayers(circle)).toThrow("in a cycle: eng.a, eng.b");
  });
});
