import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "../freight/normalize.ts";
import { normalize as normalizeGitHub } from "../github/normalize.ts";
import { isProductionDeploy } from "./is-production-deploy.ts";

const { deploy } = readConfig({});
const eventOf = (changes: object) =>
  normalize({
    id: "1",
    payload: { ...fixture("freight/deploy-started"), ...changes },
    receivedAt: new Date(),
  });

describe("a production deploy", () => {
  it.each([
    ["the app's", {}, true],
    ["another app's", { app_name: "relay" }, false],
    ["one to staging", { environment: "staging" }, false],
    ["one that is not known to be of a commit yet", { sha: null }, false],
    ["one of nothing", { sha: "" }, false],
    ["the first one", { previous_sha: null }, true],
  ])("is %s: %j", (_, changes, expected) => {
    expect(isProductionDeploy(eventOf(changes), deploy)).toBe(expected);
  });

  it("is Freight's", () => {
    const event = normalizeGitHub({
      id: "1",
      event: "deployment",
      payload: { action: "created" },
      receivedAt: new Date(),
    });
    expect(isProductionDeploy(event, deploy)).toBe(false);
  });
});
