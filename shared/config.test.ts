import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { ConfigurationError } from "./configuration-error.ts";

describe("the configuration", () => {
  it("defaults to getsentry's values for missing and empty variables", () => {
    expect(readConfig({ ORGANIZATION: "" })).toEqual(readConfig({}));
    expect(readConfig({}).organization).toBe("getsentry");
  });

  it("takes another organization's values from variables", () => {
    const config = readConfig({ ORGANIZATION: "acme", DEPLOY_REPOSITORY: "acme/app", BOT_LOGINS: "a, b" });
    expect(config).toMatchObject({
      organization: "acme",
      deploy: { repository: "acme/app" },
      botLogins: ["a", "b"],
    });
  });

  it("rejects invalid values and names each of their variables", () => {
    expect(() => readConfig({ DEPLOY_REPOSITORY: "app", BOT_LOGINS: "," })).toThrow(ConfigurationError);
    expect(() => readConfig({ DEPLOY_REPOSITORY: "app", BOT_LOGINS: "," })).toThrow(
      /DEPLOY_REPOSITORY.*BOT_LOGINS/,
    );
  });
});
