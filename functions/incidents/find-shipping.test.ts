import { expect, it, vi } from "vitest";
import type { LinkedDeployment } from "../../shared/incidents/incident-state.ts";
import { findShipping } from "./find-shipping.ts";

const service = { repository: "acme/shop" };
const deployments = ["e", "d", "c", "b", "a"].map(
  (sha, index): LinkedDeployment => ({
    ...{ source: "freight", app: "shop", environment: "production", id: sha, number: 5 - index, attempt: 1 },
    ...{ sha: sha.repeat(40), link: null, finishedAt: null },
  }),
);
/** GitHub's answer when the commit was shipped with the deployment of `first`. */
const containedSince = (first: string) => async (_repository: string, head: string) => head >= first;

it.each([
  ["the oldest deployment that contains the commit", "c", "c"],
  ["none if the last one does not contain it", "f", null],
  ["none if all contain it, as it may be older", "a", null],
])("finds %s", async (_, first, id) => {
  const found = await findShipping({ sha: "1234567" }, service, deployments, containedSince(first));
  expect(found?.id ?? null).toBe(id);
});

it.each([
  ["names no commit", { sha: null }, service],
  ["names a deployed commit", { sha: "ccccccc" }, service],
  ["is of no service", { sha: "1234567" }, undefined],
])("asks nothing if the incident %s", async (_, incident, of) => {
  const contains = vi.fn(async () => true);
  expect(await findShipping(incident, of, deployments, contains)).toBeNull();
  expect(contains).not.toHaveBeenCalled();
});

it("finds none if GitHub fails: the incident is linked by its time", async () => {
  const contains = async () => {
    throw new Error("502");
  };
  expect(await findShipping({ sha: "1234567" }, service, deployments, contains)).toBeNull();
});
