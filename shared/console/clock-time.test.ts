import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, it, vi } from "vitest";
import { ClockTime } from "./clock-time.tsx";

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["2026-11-24T15:42:00Z", false, "15:42:00"],
  ["2026-11-24T00:10:00+02:00", false, "23 Nov, 22:10:00"],
  ["2025-11-24T15:42:00Z", false, "24 Nov, 15:42:00"],
  ["2026-11-24T15:42:00Z", true, "24 Nov 2026, 15:42:00 UTC"],
])("%s is shown in UTC whatever the machine's zone is (%s)", (at, isFull, text) => {
  vi.stubEnv("TZ", "America/Los_Angeles");
  const now = new Date("2026-11-24T20:00:00Z");
  expect(renderToStaticMarkup(createElement(ClockTime, { at, now, isFull }))).toContain(`>${text}<`);
});
