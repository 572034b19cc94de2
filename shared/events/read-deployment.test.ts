import { expect, it } from "vitest";
import { normalize } from "../../functions/freight/normalize.ts";
import { normalize as normalizeGitHub } from "../../functions/github/normalize.ts";
import { fixture } from "../webhook/read-fixture.ts";
import { readDeployment } from "./read-deployment.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const deploy = normalize({ id: "1", payload: fixture("freight/deploy-failed"), receivedAt });

it("an event of Freight has the same deployment with and without the section, which earlier releases did not publish", () => {
  const { deployment, ...earlier } = deploy;
  expect(readDeployment(deploy)).toBe(deployment);
  expect(readDeployment(earlier)).toEqual(deployment);
});

it("an event about something else has none", () => {
  const push = normalizeGitHub({ id: "1", event: "push", payload: {}, receivedAt });
  expect(readDeployment(push)).toBeNull();
});
