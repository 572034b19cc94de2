import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freightEvent } from "../../shared/events/freight-event.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8"));

describe("a notification of Freight", () => {
  it("maps every field that Freight sends", () => {
    const event = normalize({ id: "1", payload: fixture("deploy-finished"), receivedAt });
    expect(event).toMatchObject({
      type: "freight.deploy.finished",
      subject: "getsentry/production/13",
      time: "2026-11-02T17:09:46.330Z",
      receivedAt: "2026-11-02T17:10:00.000Z",
      actor: { id: "7", name: "mira.okafor@sentry.io", type: "user" },
      app: "getsentry",
      environment: "production",
      number: 13,
      status: "finished",
      ref: "master",
      sha: "9d0e3b7a5f2c4e6188a1b3c5d7e9f1a2b4c6d8e0",
      previousSha: "4c7b1a8c1c0b0f5e1bb5f7d3a2c9e6d4f8a70b12",
      createdAt: "2026-11-02T17:04:11.604Z",
      startedAt: "2026-11-02T17:04:13.018Z",
      finishedAt: "2026-11-02T17:09:46.330Z",
      duration: 333.31,
    });
    expect(freightEvent.parse(event)).toEqual(event);
  });

  it.each([
    ["deploy-queued", "2026-11-02T17:04:11.604Z"],
    ["deploy-started", "2026-11-02T17:04:13.018Z"],
    ["deploy-failed", "2026-11-02T17:09:46.330Z"],
    ["deploy-canceled", "2026-11-02T17:09:46.330Z"],
  ])("%s happened at %s", (name, time) => {
    const event = normalize({ id: "1", payload: fixture(name), receivedAt });
    expect(event).toMatchObject({ time, type: `freight.${name.replace("-", ".")}` });
  });

  it.each([
    ["without offset", "2026-11-02T17:04:11.604142", "2026-11-02T17:04:11.604Z"],
    ["with a space", "2026-11-02 17:04:11", "2026-11-02T17:04:11.000Z"],
    ["with an offset", "2026-11-02T09:04:11-08:00", "2026-11-02T17:04:11.000Z"],
    ["that is invalid", "yesterday", null],
  ])("may have a date %s", (_, date_created, createdAt) => {
    expect(
      normalize({ id: "1", payload: { ...fixture("deploy-queued"), date_created }, receivedAt }).createdAt,
    ).toBe(createdAt);
  });

  it.each([
    ["app_name", undefined],
    ["environment", ""],
    ["deploy_number", null],
    ["deploy_number", "thirteen"],
    ["deploy_number", 1.5],
    ["status", true],
  ])("with %s %j is rejected and the error names the field", (field, value) => {
    expect(() =>
      normalize({ id: "1", payload: { ...fixture("deploy-queued"), [field]: value }, receivedAt }),
    ).toThrow(expect.objectContaining({ status: 400, message: expect.stringContaining(field) }));
  });

  it.each([undefined, null, "", "0".repeat(40)])("has no previous commit if previous_sha is %j", (none) => {
    const payload = {
      ...fixture("deploy-finished"),
      status: "finished",
      previous_sha: none,
      sha: none,
      title: null,
    };
    expect(normalize({ id: "1", payload, receivedAt })).toMatchObject({
      previousSha: null,
      sha: null,
      title: "",
    });
  });

  it("keeps a deploy number beyond 32 bits, such as GitHub's run id", () => {
    const payload = { ...fixture("deploy-queued"), deploy_number: 16903214587 };
    expect(normalize({ id: "1", payload, receivedAt }).number).toBe(16903214587);
  });

  it("accepts deploy number and status as text or integer", () => {
    const event = normalize({
      id: "1",
      payload: { ...fixture("deploy-queued"), deploy_number: "14", status: 2 },
      receivedAt,
    });
    expect(event).toMatchObject({ number: 14, status: "queued" });
  });
});
