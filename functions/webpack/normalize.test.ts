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
    [12, 12],
    ["12", 12],
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
    ["an asset that was made at no time", { ...asset, created_at: "yesterday" }],
    ["a size that is null", { ...asset, size: null }],
    ["a size that is a word", { ...asset, size: "big" }],
    ["an array with one bad asset", [asset, { ...asset, size: 0.5 }]],
  ])("is rejected if it is %s", (_, body) => {
    expect(() => normalize({ id: "1", body, receivedAt })).toThrow(expect.objectContaining({ status: 400 }));
  });
});
