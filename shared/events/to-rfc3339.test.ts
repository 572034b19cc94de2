import { describe, expect, it } from "vitest";
import { toRfc3339 } from "./to-rfc3339.ts";

describe("toRfc3339", () => {
  it.each([
    ["2019-05-15T15:20:18Z", "2019-05-15T15:20:18.000Z"],
    ["2019-05-15T15:20:18+02:00", "2019-05-15T13:20:18.000Z"],
    ["2019-05-15T15:20:18.123456", "2019-05-15T15:20:18.123Z"],
    [1557933618, "2019-05-15T15:20:18.000Z"],
    [1793638860.0002, "2026-11-02T17:01:00.000Z"],
    ["", null],
    [null, null],
    [undefined, null],
    ["soon", null],
    [8.64e15, null],
    [Number.NaN, null],
    ["+275760-09-13T00:00:00Z", null],
    ["0000-12-31T23:59:59Z", null],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ])("converts %j to %j", (value, expected) => {
    expect(toRfc3339(value)).toBe(expected);
  });
});
