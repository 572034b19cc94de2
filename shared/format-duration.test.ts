import { expect, it } from "vitest";
import { formatDuration } from "./format-duration.ts";

it.each([
  [0, "0 s"],
  [3.55, "3.5 s"],
  [59.99, "59.9 s"],
  [60, "1 min"],
  [125, "2 min 5 s"],
  [3600, "1 h"],
  [3725, "1 h 2 min"],
  [1_943_009.3, "22 d 11 h"],
  [86_400, "1 d"],
  [-90, "−1 min 30 s"],
])("formats %d seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
