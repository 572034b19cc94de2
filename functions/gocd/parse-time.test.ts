import { expect, it } from "vitest";
import { parseTime } from "./parse-time.ts";

it.each([
  ["2026-11-02T17:04:13.018+0000", "2026-11-02T17:04:13.018Z"],
  ["2026-11-02T09:04:13.018-0800", "2026-11-02T17:04:13.018Z"],
  ["Oct 26, 2022, 5:57:53 PM", "2022-10-26T17:57:53.000Z"],
  ["Oct 26, 2022, 5:57:53\u202fPM", "2022-10-26T17:57:53.000Z"],
  ["Dec 9, 2017 11:46:18 AM", "2017-12-09T11:46:18.000Z"],
  ["Jan 1, 2026, 12:00:00 AM", "2026-01-01T00:00:00.000Z"],
  ["Jan 1, 2026, 12:30:00 PM", "2026-01-01T12:30:00.000Z"],
  ["Foo 1, 2026, 12:30:00 PM", null],
  ["Feb 30, 2026, 12:30:00 PM", null],
  ["", null],
  ["soon", null],
  [null, null],
])("the time %j of GoCD is %j", (text, expected) => {
  expect(parseTime(text)).toBe(expected);
});
