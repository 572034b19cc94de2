import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readLookerProject } from "../../looker/read-project.ts";
import { describeSource } from "./describe-source.ts";

const { dashboards } = await readLookerProject(fileURLToPath(new URL("../../looker/", import.meta.url)));

it("every tile names the events that would fill it", () => {
  const explores = dashboards.flatMap(({ elements }) => elements.map(({ explore }) => explore));
  expect(explores.map(describeSource).every((source) => source.length > 0)).toBe(true);
});
