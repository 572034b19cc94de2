import { expect, it } from "vitest";
import { service } from "../../test/support/getsentry.ts";
import { groupByChannel } from "./watch.ts";

const requiring = (name: string, channel: string, checks: string[]) => ({
  service: { ...service, name, channel },
  checks,
});

it.each([
  ["one service", [requiring("a", "#a", ["build"])], [["#a", ["a"], [], ["build"]]]],
  [
    "services with one channel once",
    [requiring("a", "#a", ["build"]), requiring("b", "#a", ["build", "lint"])],
    [["#a", ["a", "b"], [], ["build", "lint"]]],
  ],
  [
    "services with two channels twice",
    [requiring("a", "#a", ["build"]), requiring("b", "#b", ["build"])],
    [
      ["#a", ["a"], ["b"], ["build"]],
      ["#b", ["b"], ["a"], ["build"]],
    ],
  ],
  [
    "no service that has muted it",
    [
      { ...requiring("a", "#a", ["build"]), service: { ...service, name: "a", redBranch: "off" as const } },
      requiring("b", "#b", ["build"]),
    ],
    [["#b", ["b"], [], ["build"]]],
  ],
  [
    "no channel that does not require the check",
    [requiring("a", "#a", ["lint"]), requiring("b", "#b", ["build"])],
    [["#b", ["b"], ["a"], ["build"]]],
  ],
])("a check alerts %s", (_, required, expected) => {
  const watches = groupByChannel(required, "build");
  expect(
    watches.map(({ channel, names, otherNames, checks }) => [channel, names, otherNames, checks]),
  ).toEqual(expected);
});
