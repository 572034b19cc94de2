import { expect, it } from "vitest";
import { listDifferences } from "./list-differences.ts";

it.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: { b: "x" } }, { a: { b: "y" } }, [{ path: "a.b", kind: "changed", before: "x", after: "y" }]],
  [{ a: null }, { a: null, c: [] }, [{ path: "c", kind: "added", after: [] }]],
  [{ a: 1, b: 2 }, { a: 1 }, [{ path: "b", kind: "removed", before: 2 }]],
  [
    { jobs: [{ id: 1, state: "queued" }] },
    { jobs: [{ id: 1, state: "done" }, { id: 2 }] },
    [
      { path: "jobs.0.state", kind: "changed", before: "queued", after: "done" },
      { path: "jobs.1", kind: "added", after: { id: 2 } },
    ],
  ],
  [
    { jobs: [{ id: 1 }, { id: 2 }] },
    { jobs: [{ id: 2 }] },
    [{ path: "jobs.0", kind: "removed", before: { id: 1 } }],
  ],
  ["text", "other", [{ path: "", kind: "changed", before: "text", after: "other" }]],
  [
    "a".repeat(100),
    "b".repeat(100),
    [{ path: "", kind: "changed", before: "a".repeat(100), after: "b".repeat(100) }],
  ],
])("%j and %j differ by %j", (before, after, differences) => {
  expect(listDifferences(before, after)).toEqual(differences);
});
