import { describe, expect, it } from "vitest";
import type { Incident } from "../events/incident.ts";
import { type IncidentReport, isLinked, mergeIncident, unlink } from "./incident-state.ts";

const at = (minute: number) => `2026-11-02T17:${String(minute).padStart(2, "0")}:00.000Z`;
const known: Incident = {
  id: "1",
  title: "Checkout returns 500",
  severity: "P1",
  status: "opened",
  openedAt: at(0),
  resolvedAt: null,
  link: null,
  service: "shop",
  sha: null,
  release: null,
  deploymentId: null,
};
const opened = { incident: known, at: at(0), receivedAt: at(0), eventId: "a" };
const resolved = {
  incident: { ...known, status: "resolved" as const, resolvedAt: at(30) },
  ...{ at: at(30), receivedAt: at(30), eventId: "b" },
};
const reopened = { incident: known, at: at(40), receivedAt: at(40), eventId: "c" };
const merge = (...reports: IncidentReport[]) =>
  reports.reduce<ReturnType<typeof mergeIncident> | undefined>(
    (state, report) => mergeIncident(state, report),
    undefined,
  );

describe("mergeIncident", () => {
  it.each([
    ["opens", [opened], "opened", null],
    ["opens and is resolved", [opened, resolved], "resolved", at(30)],
    ["is resolved before the event arrives that it opened", [resolved, opened], "resolved", at(30)],
    ["is reported twice", [opened, resolved, opened, resolved], "resolved", at(30)],
    ["opens again", [opened, resolved, reopened], "opened", null],
    [
      "opens again before the event arrives that it was resolved",
      [opened, reopened, resolved],
      "opened",
      null,
    ],
    ["opens and is resolved at the same time", [{ ...resolved, at: at(0) }, opened], "resolved", at(30)],
  ])("an incident that %s has the status of the latest event", (_, reports, status, resolvedAt) => {
    expect(merge(...reports)).toMatchObject({ status, openedAt: at(0), resolvedAt });
  });

  it("gives the same state in any order", () => {
    const reports = [opened, resolved, { ...opened, incident: { ...known, severity: "P2" }, at: at(10) }];
    const states = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ].map((order) => merge(...order.flatMap((index) => reports[index] ?? [])));
    for (const state of states) expect(state).toEqual(states[0]);
  });

  it.each([
    ["that arrived last", { receivedAt: at(5) }],
    ["with the greatest id, if they arrived together", { eventId: "z" }],
  ])("of two events of the same time that open it, takes the one %s, in any order", (_, later) => {
    const escalated = { ...opened, incident: { ...known, severity: "P0" }, ...later };
    expect(merge(opened, escalated)?.severity).toBe("P0");
    expect(merge(escalated, opened)).toEqual(merge(opened, escalated));
  });

  it("keeps a field that a later event leaves out, and the first opening", () => {
    const later = { ...known, title: null, severity: "P3", openedAt: at(20) };
    expect(merge(opened, { ...opened, incident: later, at: at(20) })).toMatchObject({
      title: "Checkout returns 500",
      severity: "P3",
      openedAt: at(0),
    });
  });

  it("has no opening as long as no event says that this is an incident", () => {
    const issue = { ...resolved, incident: { ...resolved.incident, openedAt: null } };
    expect(merge(issue)?.openedAt).toBeNull();
    expect(merge(issue, opened)).toMatchObject({ openedAt: at(0), status: "resolved" });
  });
});

it("a deployment that a member says is not the cause stays known, and is not linked", () => {
  const deployment = {
    ...{ source: "freight", app: "shop", environment: "production", id: "7", number: 7, attempt: 1 },
    ...{ sha: null, link: null, finishedAt: at(0) },
  };
  const linked = { ...mergeIncident(undefined, opened), deployment, linkReason: "latest" as const };
  expect(isLinked(linked)).toBe(true);
  const removed = unlink(linked, "U0MIRA", at(5));
  expect(removed).toMatchObject({
    deployment,
    linkReason: "unlinked",
    unlinkedBy: "U0MIRA",
    unlinkedAt: at(5),
  });
  expect(isLinked(removed)).toBe(false);
  expect(mergeIncident(removed, resolved)).toMatchObject({ linkReason: "unlinked", status: "resolved" });
});
