import { describe, expect, it } from "vitest";
import { webpackEvent } from "../../shared/events/event.ts";
import { normalize } from "./normalize.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const asset = {
  pull_request_number: 12,
  commit: "6d225cb",
  file: "app.js",
  entrypointName: "app",
  size: 100,
  environment: "ci",
  node_env: "production",
};

describe("a report of webpack's assets", () => {
  it("contains one asset", () => {
    const event = normalize({ id: "1", body: asset, receivedAt });
    expect(event.assets).toEqual([
      {
        pullRequestNumber: 12,
        commit: "6d225cb",
        file: "app.js",
        entrypointName: "app",
        size: 100,
        environment: "ci",
        nodeEnv: "production",
      },
    ]);
    expect(event).toMatchObject({ type: "webpack.asset_sizes", subject: "6d225cb", payload: asset });
    expect(webpackEvent.parse(event)).toEqual(event);
  });

  it.each([undefined, null, ""])("has an empty entrypoint for %j", (entrypointName) => {
    const event = normalize({ id: "1", body: { ...asset, entrypointName }, receivedAt });
    expect(event.assets[0]?.entrypointName).toBe("");
  });

  it("needs only the commit, the file and the size", () => {
    const event = normalize({ id: "1", body: { commit: "6d225cb", file: "app.js", size: 100 }, receivedAt });
    expect(event.assets).toMatchObject([{ pullRequestNumber: -1, entrypointName: "", environment: null }]);
  });

  it("contains an array of assets in their order", () => {
    const event = normalize({ id: "1", body: [asset, { ...asset, file: "app.css" }], receivedAt });
    expect(event.assets.map(({ file }) => file)).toEqual(["app.js", "app.css"]);
    expect(event.payload).toEqual({ assets: [asset, { ...asset, file: "app.css" }] });
  });

  it("has the time of created_at, else the time of its arrival", () => {
    const dated = { ...asset, created_at: "2026-10-30T08:15:00+01:00" };
    expect(normalize({ id: "1", body: [dated, asset], receivedAt })).toMatchObject({
      time: "2026-10-30T07:15:00.000Z",
      receivedAt: "2026-11-02T17:10:00.000Z",
    });
    expect(normalize({ id: "1", body: asset, receivedAt }).time).toBe("2026-11-02T17:10:00.000Z");
  });

  it.each([
    ["yesterday", null],
    ["13", null],
    ["", null],
    [5, null],
    [{}, null],
    ["0001-01-01T00:00:00Z", null],
    ["1970-01-01T00:00:00Z", null],
    ["2021-10-30T08:15:00Z", "2021-10-30T08:15:00.000Z"],
    ["1793638860", "2026-11-02T17:01:00.000Z"],
    ["2026-11-02T17:04:11+00:00Z", "2026-11-02T17:04:11.000Z"],
  ])("with created_at %j has the time %j, null being that of its arrival", (created_at, time) => {
    const event = normalize({ id: "1", body: [{ ...asset, created_at }], receivedAt });
    expect(event.time).toBe(time ?? receivedAt.toISOString());
  });

  it.each(["entrypointName", "environment", "node_env", "created_at", "pull_request_number", "future"])(
    "is accepted with any type of %s, which identifies nothing",
    (field) => {
      for (const value of [5, true, {}, [], null]) {
        const event = normalize({ id: "1", body: { ...asset, [field]: value }, receivedAt });
        expect(webpackEvent.parse(event)).toEqual(event);
        expect(event.assets[0]).toMatchObject({ commit: "6d225cb", file: "app.js", size: 100 });
      }
    },
  );

  it.each([
    [2 ** 31, 2 ** 31],
    ["2147483648", 2 ** 31],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ["0", 0],
  ])("has size %j as %d", (size, bytes) => {
    expect(normalize({ id: "1", body: { ...asset, size }, receivedAt }).assets[0]?.size).toBe(bytes);
  });

  it.each([
    [12, 12],
    ["12", 12],
    ["2147483648", 2 ** 31],
    ["1e400", -1],
    ["NaN", -1],
    ["", -1],
    ["false", -1],
    ["12abc", -1],
    [null, -1],
    [undefined, -1],
    [false, -1],
    [true, -1],
    [0, -1],
    [-5, -1],
    [1.5, -1],
    [{}, -1],
  ])("has pull_request_number %j as %d", (sent, number) => {
    expect(
      normalize({ id: "1", body: { ...asset, pull_request_number: sent }, receivedAt }).assets[0]
        ?.pullRequestNumber,
    ).toBe(number);
  });

  it.each([
    ["nothing", null],
    ["a word", "asset"],
    ["an empty array", []],
    ["an asset without a commit", { ...asset, commit: undefined }],
    ["an asset without a file", { ...asset, file: "" }],
    ["a negative size", { ...asset, size: -1 }],
    ["a size beyond 2^53", { ...asset, size: 2 ** 60 }],
    ["a size in words and numbers", { ...asset, size: "1e3" }],
    ["a size that is null", { ...asset, size: null }],
    ["a size that is a word", { ...asset, size: "big" }],
    ["an array with one bad asset", [asset, { ...asset, size: 0.5 }]],
  ])("is rejected if it is %s", (_, body) => {
    expect(() => normalize({ id: "1", body, receivedAt })).toThrow(expect.objectContaining({ status: 400 }));
  });
});
