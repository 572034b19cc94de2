import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { ConfigurationError } from "./configuration-error.ts";

describe("the configuration", () => {
  it("has the organization of the file, and the names of the datasets", () => {
    expect(
      readConfig({ BIGQUERY_METRICS_DATASET: "metrics", BIGQUERY_OPEN_SOURCE_DATASET: "" }),
    ).toMatchObject({
      organization: "getsentry",
      services: [{ name: "getsentry", branch: "master" }, { name: "snuba" }],
      bigquery: { metricsDataset: "metrics", openSourceDataset: "open_source" },
    });
  });

  it.each([
    ["ORGANIZATION", "ORGANIZATION is not read any more: write organization in ci-tooling.yaml"],
    ["DEPLOY_BRANCH", "DEPLOY_BRANCH is not read any more: write services[].branch in ci-tooling.yaml"],
    ["RELEASE_LINKS", "write services[].releaseLinks in ci-tooling.yaml"],
  ])("says what to write instead of %s", (variable, message) => {
    expect(() => readConfig({ [variable]: "x" })).toThrow(message);
    expect(() => readConfig({ [variable]: "x" })).toThrow(ConfigurationError);
  });

  it("names every variable that the file replaces", () => {
    expect(() => readConfig({ DEPLOY_APP: "x", EMAIL_DOMAIN: "y.example" })).toThrow(
      /^DEPLOY_APP .*; EMAIL_DOMAIN .* in ci-tooling.yaml/,
    );
  });

  it("ignores one that is empty", () => {
    expect(readConfig({ ORGANIZATION: "" })).toEqual(readConfig({}));
  });
});
