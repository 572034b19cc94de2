import type { Request, Response } from "express";
import { expect, it, vi } from "vitest";
import { requireSameSite } from "./same-site.ts";

it.each([
  ["a form of the console", "POST", "same-origin", true],
  ["a client that is not a browser", "POST", undefined, true],
  ["another site's form", "POST", "cross-site", false],
  ["another port's form", "POST", "same-site", false],
  ["a link on another site", "GET", "cross-site", true],
])("%s", (_, method, site, passes) => {
  const next = vi.fn();
  const json = vi.fn();
  const response = { status: () => ({ json }) } as unknown as Response;
  requireSameSite({ method, headers: { "sec-fetch-site": site } } as unknown as Request, response, next);
  expect(next).toHaveBeenCalledTimes(passes ? 1 : 0);
  expect(json).toHaveBeenCalledTimes(passes ? 0 : 1);
});
