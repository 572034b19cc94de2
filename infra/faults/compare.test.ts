import { describe, expect, it } from "vitest";
import {
  compareLists,
  compareRows,
  describeMessages,
  findUnknownRows,
  formatMatrix,
  listUntested,
  type RoundResult,
} from "./compare.ts";

describe("describeMessages", () => {
  const message = (text: string, thread_ts?: string) => ({
    channel: "C1",
    ts: "1.1",
    user: "U0BOT",
    text,
    ...(thread_ts && { thread_ts }),
  });

  it.each([
    [
      "an alert in the channel",
      "o/r@master abcdef0 is failing",
      undefined,
      ["alert abcdef0", "alert in the channel"],
    ],
    ["an alert in a thread", "o/r@master abcdef0 is failing", "1.0", ["alert abcdef0"]],
    ["the jobs", "1 of 2 jobs did not pass", "1.0", ["jobs"]],
    [
      "the end of a failure",
      "*o/r@master* is now passing again, with <https://x|`a`>",
      "1.0",
      ["passing again"],
    ],
    ["a commit that is ready", "Your commit abcdef0 is ready to deploy", undefined, ["ready abcdef0"]],
    ["an incident", "Incident in shop: Outage 7", undefined, ["incident Outage 7"]],
    ["the help", "*What you can ask me*, …", "1.7", ["help 1.7"]],
    ["anything else", "Hello", undefined, ["unexpected Hello"]],
  ])("names %s", (_, text, thread, posted) => {
    expect(describeMessages([message(text, thread)], "U0BOT").posted).toEqual(posted);
  });

  it("names a reply after the commit of its thread", () => {
    const parent = { ...message("Your commit abcdef0 has been deployed"), ts: "1.0" };
    const reply = message("<@U1> your commit has been deployed.", "1.0");
    expect(describeMessages([reply], "U0BOT", [parent, reply]).posted).toEqual(["deployed abcdef0"]);
  });

  it("shows the last state of alerts and of commits", () => {
    const messages = [
      message("o/r@master abcdef0 is failing"),
      message("Your commit 1234567 has been deployed"),
      message("Incident in shop: Outage 7"),
      message("Resolved incident in shop: Outage 8"),
    ];
    expect(describeMessages(messages, "U0BOT").shown).toEqual([
      "alert is failing",
      "ready 1234567 has been deployed",
      "incident Outage 7 opened",
      "incident Outage 8 resolved",
    ]);
  });

  it("leaves out what people write", () => {
    expect(describeMessages([{ ...message("Hello"), user: "U1" }], "U0BOT")).toEqual({
      posted: [],
      shown: [],
    });
  });
});

describe("compareLists", () => {
  it.each([
    ["equal ones in another order", ["a", "b", "a"], ["a", "a", "b"], { missing: [], surplus: [] }],
    ["one that is missing", ["a", "b"], ["b"], { missing: ["a"], surplus: [] }],
    ["one that is doubled", ["a"], ["a", "a"], { missing: [], surplus: ["a"] }],
    ["both", ["a", "b"], ["b", "b"], { missing: ["a"], surplus: ["b"] }],
  ])("finds %s", (_, expected, actual, difference) => {
    expect(compareLists(expected, actual)).toEqual(difference);
  });
});

describe("rows", () => {
  const events = [
    { id: "1", rows: { events: 1, assets: 3 } },
    { id: "2", rows: { events: 1 } },
  ];
  const counts = (rows: Record<string, Record<string, number>>) =>
    new Map(Object.entries(rows).map(([view, byEvent]) => [view, new Map(Object.entries(byEvent))]));

  it("of every event are there once", () => {
    expect(compareRows(events, counts({ events: { 1: 1, 2: 1 }, assets: { 1: 3 } }))).toEqual({
      missing: [],
      surplus: [],
    });
  });

  it("are missing, or doubled, as often as their number differs", () => {
    expect(compareRows(events, counts({ events: { 1: 1 }, assets: { 1: 1, 2: 1 } }))).toEqual({
      missing: ["events 2", "assets 1", "assets 1"],
      surplus: ["assets 2"],
    });
  });

  it("of events that nobody sent are found", () => {
    expect(findUnknownRows(events, counts({ events: { 1: 1, 2: 1, 3: 1 } }))).toEqual(["events 3"]);
  });
});

describe("the matrix", () => {
  const round: RoundResult = {
    part: "slack",
    step: "post",
    fault: "lost",
    nth: 0,
    hits: 2,
    sent: 24,
    lost: 0,
    doubledRows: 0,
    missingMessages: 0,
    doubledMessages: 1,
    differences: ["doubled message: jobs"],
  };

  it("has a line per cell, with the sums of its rounds, and the totals", () => {
    const lines = formatMatrix([
      round,
      { ...round, nth: 1 },
      { ...round, fault: "late", doubledMessages: 0 },
    ]).split("\n");
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      [
        "part",
        "step",
        "fault",
        "hits",
        "events",
        "lost",
        "rows doubled",
        "messages doubled",
        "messages missing",
      ],
      ["slack", "post", "late", "2", "24", "0", "0", "0", "0"],
      ["slack", "post", "lost", "4", "48", "0", "0", "2", "0"],
      ["all", "6", "72", "0", "0", "2", "0"],
    ]);
  });

  it("names the cells that no request met in any round", () => {
    const unmet = { ...round, fault: "late" as const, hits: 0 };
    expect(listUntested([unmet, round, { ...round, hits: 0 }])).toEqual(["slack post late"]);
  });
});
