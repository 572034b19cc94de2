import { describe, expect, it } from "vitest";
import { countedViews, tellStory } from "./story.ts";

const start = Date.UTC(2026, 10, 2, 12);
const parent = "f".repeat(40);
const story = tellStory(0, start, parent);

describe("a story", () => {
  it("is the same for the same number, start and parent", () => {
    expect(tellStory(0, start, parent)).toEqual(story);
  });

  it("shares no commit, delivery, mention or deploy with the next one, which begins later", () => {
    const next = tellStory(1, start, story.commits.at(-1)?.sha ?? "");
    const keys = [story, next].map(({ commits, mentions, finishedDeploys, phases }) => [
      ...commits.map(({ sha }) => sha),
      ...mentions.map(({ ts }) => ts),
      ...finishedDeploys,
      ...phases.flat().map(({ source, body, id }) => id ?? `${source} ${JSON.stringify(body)}`),
    ]);
    expect(new Set(keys.flat()).size).toBe(keys.flat().length);
    expect(Date.parse(next.commits[0]?.date ?? "") - Date.parse(story.commits[0]?.date ?? "")).toBe(60_000);
  });

  it("has deliveries of six sources", () => {
    expect(new Set(story.phases.flat().map(({ source }) => source))).toEqual(
      new Set(["github", "slack", "freight", "webpack", "bootstrap-dev-env", "pagerduty"]),
    );
  });

  it("expects one row of every event, and those that some events have besides", () => {
    const total = (view = "") => story.phases.flat().reduce((sum, { rows }) => sum + (rows[view] ?? 0), 0);
    const [events, metrics, assets, pullRequests] = countedViews;
    expect(total(events)).toBe(story.phases.flat().length);
    // Six check runs, three notifications of the production deploy, four set-ups.
    expect(total(metrics)).toBe(13);
    expect(total(assets)).toBe(7);
    expect(total(pullRequests)).toBe(story.pullRequests.length);
  });

  it("expects the rows of an incident that is linked to the deploy of the story before", () => {
    expect(story.incidentRows).toEqual(["INCIDENT0 opened null", "INCIDENT0 resolved null"]);
    expect(tellStory(2, start, parent).incidentRows).toEqual(["INCIDENT2 opened 2", "INCIDENT2 resolved 2"]);
  });

  it("expects the messages of two failures, a pass, two commits in production, three mentions and an incident", () => {
    const [red, alsoRed, green, last] = story.commits.map(({ sha }) => sha.slice(0, 7));
    expect(story.posted).toEqual([
      `alert ${red}`,
      `alert ${alsoRed}`,
      "alert in the channel",
      "jobs",
      "passing again",
      `ready ${green}`,
      `deployed ${green}`,
      `ready ${last}`,
      `deployed ${last}`,
      ...story.mentions.map(({ ts }) => `help ${ts}`),
      "incident Outage 0",
    ]);
    expect(story.shown).toHaveLength(5);
  });
});
