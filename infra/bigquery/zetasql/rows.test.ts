import { describe, expect, it } from "vitest";
import { comparable, fromBigQuery, fromZetaSql, toZetaSql } from "./rows.ts";

const table = {
  name: "eng.t",
  columns: [
    { name: "id", type: { typeKind: "TYPE_INT64" } },
    { name: "at", type: { typeKind: "TYPE_TIMESTAMP" } },
    { name: "body", type: { typeKind: "TYPE_JSON" } },
    { name: "text", type: { typeKind: "TYPE_STRING" } },
  ],
};

describe("rows in both engines", () => {
  it("are equal for any order of keys and any rounding of numbers", () => {
    const at = "1969-12-31T23:59:59.250Z";
    const row = { id: 1, at, body: '{"b":1,"a":[{"d":1,"c":2}]}', text: null };
    const [inZetaSql] = fromZetaSql(table, toZetaSql(table, [row]));
    const [inDuckDb] = fromBigQuery(table, [{ text: null, body: '{"a":[{"c":2,"d":1}],"b":1}', at, id: 1 }]);
    expect(comparable(inZetaSql ?? {})).toBe(comparable(inDuckDb ?? {}));
    expect(comparable({ x: 0.1 + 0.2 })).toBe(comparable({ x: 0.3 }));
  });

  it.each([
    [{ x: null }, { x: 0 }],
    [{ x: "1" }, { x: 1 }],
    [{ x: "2025-01-01" }, { x: "2025-01-01T00:00:00.000Z" }],
    [{ x: 1.00000001 }, { x: 1 }],
  ])("%j is not %j", (one, other) => {
    expect(comparable(one)).not.toBe(comparable(other));
  });
});
