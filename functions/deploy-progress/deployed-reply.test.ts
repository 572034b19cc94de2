import { describe, expect, it } from "vitest";
import { service } from "../../test/support/getsentry.ts";
import { deployedReply } from "./deployed-reply.ts";

const deployed = { recipient: "U0MIRA", deployedSha: "9d0e3b7a" };

describe("the reply to a message whose commit is deployed", () => {
  it("mentions the author and links the release in each project", () => {
    expect(deployedReply(deployed, service.releaseLinks)).toEqual({
      text: "<@U0MIRA> your commit has been deployed. Watch its release: <https://sentry.io/organizations/sentry/releases/9d0e3b7a/?project=11276|javascript>, <https://sentry.io/organizations/sentry/releases/9d0e3b7a/?project=1|sentry>",
    });
  });

  it("links the configured pages, and replaces {sha} everywhere in their addresses", () => {
    const links = [{ name: "a & b", url: "https://example.com/{sha}?v={sha}&x=1" }];
    expect(deployedReply(deployed, links).text).toContain(
      "<https://example.com/9d0e3b7a?v=9d0e3b7a&amp;x=1|a &amp; b>",
    );
  });

  it("has no links if none are configured", () => {
    expect(deployedReply(deployed, []).text).toBe("<@U0MIRA> your commit has been deployed.");
  });
});
