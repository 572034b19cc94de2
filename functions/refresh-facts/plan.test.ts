import { describe, expect, it } from "vitest";
import type { Fact } from "./facts/define-fact.ts";
import { mergeStatement } from "./facts/merge-statement.ts";
import { changesOf, spansOf, statementsOf } from "./plan.ts";

const day = (text: string) => Date.parse(`${text}T00:00:00.000Z`);
const refresh = { from: "2026-11-02T10:00:00.000Z", until: "2026-11-02T10:10:00.000Z" };

describe("spansOf", () => {
  it("reads the half hour before the refresh again, and rows of clocks that are ahead", () => {
    expect(spansOf(refresh, [])).toEqual([
      { from: "2026-11-02T09:30:00.000Z", until: "2026-11-02T10:20:00.000Z" },
    ]);
  });

  it("reads the hours of late rows too", () => {
    const hours = ["2026-10-30T07:00:00.000Z", "2026-10-20T01:00:00.000Z"];
    expect(
      spansOf(
        refresh,
        hours.map((value) => ({ hour: { value } })),
      ).slice(0, 2),
    ).toEqual([
      { from: "2026-10-20T01:00:00.000Z", until: "2026-10-20T02:00:00.000Z" },
      { from: "2026-10-30T07:00:00.000Z", until: "2026-10-30T08:00:00.000Z" },
    ]);
  });
});

const runs: Fact = {
  table: "product_eng.run_facts",
  key: ["id", "ended_at"],
  state: { wins: "latest", by: ["received_at"], columns: ["name"] },
  first: ["queued_at"],
  partition: { column: "ended_at", spreadDays: 1 },
  select: (received) => `SELECT * FROM product_eng.events WHERE ${received("received_at")}`,
  derive: { from: ["product_eng.run_facts"], statement: (since) => `derive since ${since}` },
};
const names: Fact = {
  table: "product_eng.name_facts",
  key: ["name"],
  nullable: ["name"],
  select: (received) => `SELECT * FROM product_eng.events WHERE ${received("received_at")}`,
};

describe("statementsOf", () => {
  it("merges facts with changes only, and derives from the first changed day on", () => {
    const changes = changesOf([
      { fact: "product_eng.run_facts", day: { value: "2026-11-02T00:00:00.000Z" } },
      { fact: "product_eng.run_facts", day: { value: "2026-10-30T00:00:00.000Z" } },
    ]);
    const statements = statementsOf([names, runs], { received: spansOf(refresh, []), changes });
    expect(statements.map(({ name }) => name)).toEqual([
      "product_eng_run_facts",
      "product_eng_run_facts_derived",
    ]);
    expect(statements[1]?.sql).toBe("derive since TIMESTAMP '2026-10-30T00:00:00.000Z'");
  });

  it("merges a fact without partitions if it has a row", () => {
    const changes = changesOf([{ fact: "product_eng.name_facts", day: null }]);
    expect(statementsOf([names, runs], { received: [refresh], changes })).toHaveLength(1);
  });
});

describe("mergeStatement", () => {
  const sql = mergeStatement(runs, [refresh], [day("2026-11-01"), day("2026-11-02"), day("2026-12-24")]);

  it("merges rows of the changed days, whose facts are in partitions at most spreadDays away", () => {
    expect(sql).toContain(
      "((ended_at >= TIMESTAMP '2026-11-01T00:00:00.000Z' AND ended_at < TIMESTAMP '2026-11-03T00:00:00.000Z') OR (ended_at >= TIMESTAMP '2026-12-24T00:00:00.000Z' AND ended_at < TIMESTAMP '2026-12-25T00:00:00.000Z'))",
    );
    expect(sql).toContain(
      "((fact.ended_at >= TIMESTAMP '2026-10-31T00:00:00.000Z' AND fact.ended_at < TIMESTAMP '2026-11-04T00:00:00.000Z') OR",
    );
  });

  it("finds the fact of a key that is NULL", () => {
    expect(mergeStatement(names, [refresh])).toContain(
      "(fact.name = received.name OR (fact.name IS NULL AND received.name IS NULL))",
    );
  });
});
