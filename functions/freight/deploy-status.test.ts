import { describe, expect, it } from "vitest";
import { parseDeployStatus } from "./deploy-status.ts";

const end = "mira@sentry.io's deploy <https://freight/13|#13> (9d0e3b7)";

describe("parseDeployStatus", () => {
  it.each([
    ["2", "[getsentry/production] mira queued deploy #13", "queued"],
    ["0", "[getsentry/production] mira started deploy #13", "started"],
    ["1", `[getsentry/production] Successfully finished ${end} after 5 min`, "finished"],
    ["1", `[getsentry/production] Failed to finish ${end} after 5 min`, "failed"],
    ["1", `[getsentry/production] ${end} was cancelled after 5 min`, "canceled"],
    ["1", `[getsentry/production] ${end} was canceled after 5 min`, "canceled"],
    ["1", "[getsentry/production] Successfully finished was cancelled's deploy #13", "finished"],
    ["1", "Failed to finish mira's deploy #13", "failed"],
    ["queued", "", "queued"],
    ["started", "", "started"],
    ["finished", "", "finished"],
    ["failed", "", "failed"],
    ["canceled", "", "canceled"],
    ["cancelled", "", "canceled"],
    ["Finished", "", "finished"],
  ])("parses status %s with title %j as %s", (status, title, word) => {
    expect(parseDeployStatus(status, title)).toBe(word);
  });

  it.each([
    ["3", "anything", "status"],
    ["", "", "status"],
    ["1", "", "title"],
    ["1", "[getsentry/production] mira did something", "title"],
  ])("rejects status %j with title %j and names the field", (status, title, field) => {
    expect(() => parseDeployStatus(status, title)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(`${field}:`) }),
    );
  });
});
