import { describe, expect, it } from "vitest";
import { ConfigurationError, readConfig } from "./config.ts";

describe("the configuration", () => {
  it("is getsentry's where nothing is set, or set to nothing", () => {
    expect(readConfig({ ORGANIZATION: "" })).toEqual(readConfig({}));
    expect(readConfig({}).organization).toBe("getsentry");
  });

  it("is another organization's by variables alone", () => {
    const config = readConfig({ ORGANIZATION: "acme", DEPLOY_REPOSITORY: "acme/app", BOT_LOGINS: "a, b" });
    expect(config).toMatchObject({
      organization: "acme",
      deploy: { repository: "acme/app" },
      botLogins: ["a", "b"],
    });
  });

  it("that cannot be used names every variable at fault", () => {
    expect(() => readConfig({ DEPLOY_REPOSITORY: "app", BOT_LOGINS: "," })).toThrow(ConfigurationError);
    expect(() => readConfig({ DEPLOY_REPOSITORY: "app", BOT_LOGINS: "," })).toThrow(
      /DEPLOY_REPOSITORY.*BOT_LOGINS/,
    );
  });
});
