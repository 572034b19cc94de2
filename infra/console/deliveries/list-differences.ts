import { create, type Delta } from "jsondiffpatch";

/** A value that differs between two documents. */
export interface Difference {
  /** `check_run.output.title`, `commits.0`; empty for the whole document. */
  path: string;
  kind: "added" | "removed" | "changed" | "moved";
  before?: unknown;
  after?: unknown;
}

const differ = create({
  // Items of a list are the same object if they have the same identity; without one, their place counts.
  objectHash: (item, index) => {
    const { id, sha, name } = item as { id?: unknown; sha?: unknown; name?: unknown };
    return String(id ?? sha ?? name ?? index);
  },
  // A moved item is one difference, and its content is compared too.
  arrays: { detectMove: true },
});

/** Lists the differences of two JSON documents by path: https://github.com/benjamine/jsondiffpatch/blob/master/docs/deltas.md */
export function listDifferences(before: unknown, after: unknown): Difference[] {
  const delta = differ.diff(before, after);
  return delta === undefined ? [] : flatten(delta, "");
}

function flatten(delta: Delta, path: string): Difference[] {
  if (Array.isArray(delta)) return [describe(delta, path)];
  const { _t: type, ...children } = delta as Record<string, Delta | "a">;
  return Object.entries(children).flatMap(([key, child]) => {
    const isOld = type === "a" && key.startsWith("_");
    const name = isOld ? key.slice(1) : key;
    return flatten(child as Delta, path === "" ? name : `${path}.${name}`);
  });
}

/** [new], [old, new], [old, 0, 0], or ["", new place, 3]. */
function describe(delta: unknown[], path: string): Difference {
  const [first, second, third] = delta;
  if (delta.length === 1) return { path, kind: "added", after: first };
  if (delta.length === 2) return { path, kind: "changed", before: first, after: second };
  if (third === 3) return { path, kind: "moved", after: second };
  return { path, kind: "removed", before: first };
}
