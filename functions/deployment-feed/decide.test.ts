import { describe, expect, it } from "vitest";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import { decideFeed, type FeedContext, listFeeds } from "./decide.ts";

/** What the channel sees while the stored status changes. */
function play(statuses: DeployStatus[], mode: "edit-in-place" | "thread") {
  let shown: FeedContext | null = null;
  return statuses.map((status) => {
    const { message, reply, context } = decideFeed(shown, status, mode);
    shown = context;
    return `${message}${reply ? " reply" : ""}`;
  });
}

describe("decideFeed", () => {
  it.each<[string, DeployStatus[], string[], string[]]>([
    [
      "a deployment that runs through",
      ["queued", "started", "finished"],
      ["post", "edit", "edit"],
      ["post", "edit reply", "edit reply"],
    ],
    [
      "a report that repeats",
      ["started", "started", "failed", "failed"],
      ["post", "keep", "edit", "keep"],
      ["post", "keep", "edit reply", "keep"],
    ],
    ["a deployment of which only the end is known", ["finished"], ["post"], ["post"]],
  ])("of %s", (_, statuses, edited, threaded) => {
    expect(play(statuses, "edit-in-place")).toEqual(edited);
    expect(play(statuses, "thread")).toEqual(threaded);
  });
});

describe("listFeeds", () => {
  it("has the services whose deployments are posted one by one", () => {
    const channel = "#deploys";
    const modes = ["edit-in-place", "thread", "at-threshold", "off"] as const;
    const services = [{}, ...modes.map((mode) => ({ feed: { channel, mode } }))];
    expect(listFeeds(services).map(({ feed }) => feed.mode)).toEqual(["edit-in-place", "thread"]);
  });
});
