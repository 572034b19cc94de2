import { describe, expect, it } from "vitest";
import type { DeployStatus } from "../../shared/events/freight-event.ts";
import { shouldAnnounce } from "./is-to-be-announced.ts";

const told = (number: number, status: DeployStatus) => ({
  deploy: { number, status, link: null, title: "", duration: null, deployer: null },
  muted: false,
});

describe("that a commit is deployed is announced", () => {
  it.each<[string, DeployStatus, Parameters<typeof shouldAnnounce>[1], boolean]>([
    ["when its deploy finishes", "finished", told(13, "finished"), true],
    ["not again", "finished", { ...told(13, "finished"), announced: true }, false],
    ["not to those who muted", "finished", { ...told(13, "finished"), muted: true }, false],
    ["not by a belated start", "started", told(13, "finished"), false],
    ["not when another one brought it", "finished", told(12, "finished"), false],
    ["not when it failed first", "finished", told(13, "failed"), false],
    ["not when it fails", "failed", told(13, "failed"), false],
    ["not without a deploy", "finished", { deploy: null, muted: false }, false],
  ])("%s", (_, status, context, expected) => {
    expect(shouldAnnounce({ status, number: 13 }, context)).toBe(expected);
  });
});
