import { describe, expect, it } from "vitest";
import { type Cell, listCells, planRounds } from "./schedule.ts";

const nameOf = ({ part, step, fault }: Cell) => `${part} ${step} ${fault}`;

describe("the cells of the matrix", () => {
  it("break each step before and after it", () => {
    const names = listCells().map(nameOf);
    for (const step of ["source delivery", "subscriber push", "pubsub publish", "secret-manager refresh"])
      for (const fault of ["reset", "killed-before", "lost", "late", "killed-after"])
        expect(names).toContain(`${step} ${fault}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("have no status where the proxy knows bytes only, and one hang for each caller's time-out", () => {
    const names = listCells().map(nameOf);
    expect(names.filter((name) => /^(pubsub|postgres|secret-manager) \S+ error/.test(name))).toEqual([]);
    expect(names.filter((name) => name.endsWith("hang"))).toEqual([
      "pubsub publish hang",
      "bigquery insert hang",
      "postgres commit hang",
      "slack post hang",
      "github read hang",
      "secret-manager first-read hang",
      "secret-manager refresh hang",
    ]);
  });

  it("can be those of one part", () => {
    expect(new Set(listCells("postgres").map(({ part }) => part))).toEqual(new Set(["postgres"]));
  });
});

describe("planRounds", () => {
  const cells = listCells();

  it("has every cell once before any cell twice, then breaks a later request", () => {
    const rounds = planRounds(cells, cells.length * 2, 1);
    const [first, second] = [rounds.slice(0, cells.length), rounds.slice(cells.length)];
    expect(first.map(nameOf).sort()).toEqual(cells.map(nameOf).sort());
    expect(new Set(first.map(({ nth }) => nth))).toEqual(new Set([0]));
    expect(second.map(nameOf).sort()).toEqual(cells.map(nameOf).sort());
    expect(new Set(second.map(({ nth }) => nth))).toEqual(new Set([1]));
  });

  it("ends each pass with the hangs that take 20 seconds and more", () => {
    const slow = ["github read hang", "bigquery insert hang", "postgres commit hang"].sort();
    expect(planRounds(cells, cells.length, 3).slice(-3).map(nameOf).sort()).toEqual(slow);
  });

  it("depends on the seed only", () => {
    expect(planRounds(cells, 20, 7)).toEqual(planRounds(cells, 20, 7));
    expect(planRounds(cells, 20, 7)).not.toEqual(planRounds(cells, 20, 8));
  });

  it("ends without cells", () => {
    expect(planRounds([], 5, 1)).toEqual([]);
  });
});
