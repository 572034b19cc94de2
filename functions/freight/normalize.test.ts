import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freightEvent } from "../../shared/events/event.ts";
import { toStorable } from "../../shared/events/to-storable.ts";
import { normalize, parseDeployStatus } from "./normalize.ts";

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
      sha: "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8",
      previousSha: "18bfe5bc293c9302774e47f57260542cbbfea6e6",
      createdAt: "2026-11-02T17:04:11.604Z",
      startedAt: "2026-11-02T17:04:13.018Z",
      finishedAt: "2026-11-02T17:09:46.330Z",
      duration: 333.31,
      deployment: {
        app: "getsentry",
        environment: "production",
        id: "13",
        number: 13,
        status: "finished",
        sha: "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8",
        previousSha: "18bfe5bc293c9302774e47f57260542cbbfea6e6",
        ref: "master",
        actor: "mira.okafor@sentry.io",
        link: "https://freight.getsentry.net/deploys/getsentry/production/13",
        createdAt: "2026-11-02T17:04:11.604Z",
        startedAt: "2026-11-02T17:04:13.018Z",
        finishedAt: "2026-11-02T17:09:46.330Z",
      },
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

  it.each([2 ** 31, Number.MAX_SAFE_INTEGER, "2147483648"])("has the deploy number %j", (deploy_number) => {
    const payload = { ...fixture("deploy-queued"), deploy_number };
    expect(normalize({ id: "1", payload, receivedAt }).number).toBe(Number(deploy_number));
  });

  it.each([
    "date_created",
    "date_started",
    "date_finished",
    "duration",
    "link",
    "ref",
    "sha",
    "previous_sha",
    "user",
    "user_id",
    "params",
    "future",
  ])("is accepted with any type of %s, which identifies nothing", (field) => {
    for (const value of [5, -1, true, {}, [], "", "\u{1F600}", null, undefined]) {
      const payload = { ...fixture("deploy-finished"), [field]: value };
      const event = normalize({ id: "1", payload, receivedAt });
      expect(freightEvent.parse(event)).toEqual(event);
      expect(event).toMatchObject({ subject: "getsentry/production/13", status: "finished", payload });
    }
  });

  it.each([
    [333.31, 333.31],
    ["333.31", 333.31],
    [0, 0],
    [-5, null],
    ["-5", null],
    ["5 min", null],
    ["", null],
    [{}, null],
  ])("with duration %j has %j seconds", (duration, seconds) => {
    const payload = { ...fixture("deploy-finished"), duration };
    expect(normalize({ id: "1", payload, receivedAt }).duration).toBe(seconds);
  });

  it.each(["date_created", "date_started", "date_finished"])("has an implausible %s as null", (field) => {
    for (const none of [
      "0001-01-01T00:00:00Z",
      "1970-01-01T00:00:00Z",
      0,
      "deploy 13",
      "2026-02-30T00:00:00Z",
    ]) {
      const event = normalize({
        id: "1",
        payload: { ...fixture("deploy-finished"), [field]: none },
        receivedAt,
      });
      expect(
        [event.createdAt, event.startedAt, event.finishedAt].filter((time) => time === null),
      ).toHaveLength(1);
    }
  });

  it.each([
    ["a Russian name", "Мира Окафор"],
    ["a managed user", "mira_acme"],
    ["another case", "Mira.Okafor@Sentry.IO"],
    ["an app", "freight[bot]"],
  ])("has the user as sent: %s", (_, user) => {
    const payload = { ...fixture("deploy-finished"), user, user_id: 7 };
    expect(normalize({ id: "1", payload, receivedAt }).actor).toEqual({ id: "7", name: user, type: "user" });
  });

  it.each([0, 1, 2, 3])(
    "with a long name of an app has a subject that Pub/Sub accepts, shifted by %i bytes",
    (shift) => {
      const app_name = `${"x".repeat(shift)}${"\u{1F600}".repeat(300)}`;
      const event = toStorable(
        normalize({ id: "1", payload: { ...fixture("deploy-queued"), app_name }, receivedAt }),
        0,
      );
      expect(Buffer.byteLength(event.subject)).toBeLessThanOrEqual(1024);
      expect(event).toMatchObject({ subject: expect.stringMatching(/\u{1F600}$/u), app: app_name });
    },
  );

  it("accepts deploy number and status as text or integer", () => {
    const event = normalize({
      id: "1",
      payload: { ...fixture("deploy-queued"), deploy_number: "14", status: 2 },
      receivedAt,
    });
    expect(event).toMatchObject({ number: 14, status: "queued" });
  });
});

const end = "mira@sentry.io's deploy <https://freight/13|#13> (4183f2f)";

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
