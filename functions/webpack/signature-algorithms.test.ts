import { expect, it } from "vitest";
import { ConfigurationError } from "../../shared/configuration-error.ts";
import { acceptedAlgorithms, readSha1End } from "./signature-algorithms.ts";

it.each([
  ["2026-11-25", "2026-11-25T23:59:59.999Z", true],
  ["2026-11-25", "2026-11-26T00:00:00Z", false],
  ["2020-01-01", "2026-11-25T12:00:00Z", false],
  [undefined, "2030-12-31T23:59:59Z", true],
  ["", "2031-01-01T00:00:00Z", false],
])("with WEBPACK_SHA1_UNTIL %j, at %s SHA-1 is accepted: %s", (until, now, accepted) => {
  const algorithms = acceptedAlgorithms(readSha1End(until), new Date(now));
  expect(algorithms).toContain("sha256");
  expect(algorithms.includes("sha1")).toBe(accepted);
});

it.each(["never", "2026-13-01", "31.12.2026"])("refuses %j as the last day", (until) => {
  expect(() => readSha1End(until)).toThrow(ConfigurationError);
});
