import { expect, it } from "vitest";
import { fitExponent } from "./fit-exponent.ts";

it.each([0, 0.5, 1, 2])("the exponent of size^%f is found", (exponent) => {
  const points = [1, 2, 4, 8].map((size) => ({ size, cost: 3 * size ** exponent }));
  expect(fitExponent(points)).toBeCloseTo(exponent);
});
