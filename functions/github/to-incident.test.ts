import { describe, expect, it } from "vitest";
import { readConfig } from "../../shared/config.ts";
import { toIncident } from "./to-incident.ts";
import { webhookExamples } from "./webhook-examples.ts";

const example = webhookExamples.find(({ event }) => event === "issues")?.payload as {
  repository: { full_name: string };
  issue: object;
};
const [service] = readConfig({}).services;
const services = service
  ? [
      {
        ...service,
        name: "hello",
        repository: example.repository.full_name.toUpperCase(),
        incidents: { ...service.incidents, labels: ["Incident"] },
      },
    ]
  : [];
const opened = {
  number: 7,
  title: "Checkout returns 500",
  state: "open",
  html_url: "https://github.com/Codertocat/Hello-World/issues/7",
  labels: [{ name: "bug" }, { name: "incident" }],
  created_at: "2026-11-02T17:21:00Z",
  updated_at: "2026-11-02T17:30:00Z",
  closed_at: null,
};
const read = (action: string, issue: object = {}, more: object = {}) =>
  toIncident("issues", { ...example, action, issue: { ...opened, ...issue }, ...more }, services);

describe("an issue of GitHub", () => {
  it("with a configured label is an incident of the service, in any case", () => {
    expect(read("opened")).toEqual({
      id: "Codertocat/Hello-World#7",
      title: "Checkout returns 500",
      severity: null,
      status: "opened",
      openedAt: "2026-11-02T17:21:00.000Z",
      resolvedAt: null,
      link: "https://github.com/Codertocat/Hello-World/issues/7",
      service: "hello",
      sha: null,
      release: null,
      deploymentId: null,
    });
  });

  it.each([
    [
      "closed",
      { state: "closed", closed_at: "2026-11-02T18:00:00Z" },
      {},
      "resolved",
      "2026-11-02T18:00:00.000Z",
    ],
    ["reopened", {}, {}, "opened", null],
    ["labeled", {}, {}, "opened", null],
    ["unlabeled", { labels: [] }, { label: { name: "incident" } }, "resolved", "2026-11-02T17:30:00.000Z"],
    ["unlabeled", {}, { label: { name: "bug" } }, "opened", null],
    ["deleted", {}, {}, "resolved", "2026-11-02T17:30:00.000Z"],
  ])("that is %s with %j is %s", (action, issue, more, status, resolvedAt) => {
    expect(read(action, issue, more)).toMatchObject({ status, resolvedAt });
  });

  it("names the commit whose full sha its body has", () => {
    const sha = "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8";
    const body = `Since https://github.com/o/r/commit/${sha} nobody can pay.`;
    expect(read("opened", { body })?.sha).toBe(sha);
    expect(read("opened", { body: "Since 4183f2f" })?.sha).toBeNull();
  });

  it.each([
    ["without the label", { labels: [{ name: "bug" }] }, {}],
    ["without labels", { labels: null }, {}],
    ["that lost another label", { labels: [] }, { label: { name: "bug" } }],
    ["of another repository", {}, { repository: { full_name: "o/r" } }],
    ["of another shape", { number: "7" }, {}],
  ])("%s is none", (_, issue, more) => {
    expect(read("unlabeled", issue, more)).toBeNull();
  });

  it("is none in a comment", () => {
    expect(
      toIncident("issue_comment", { ...example, action: "created", issue: opened }, services),
    ).toBeNull();
  });
});
