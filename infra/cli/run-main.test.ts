import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runMain, UsageError } from "./run-main.ts";

let printed: string[];
let failed: string[];
let status: number | undefined;
beforeEach(() => {
  printed = [];
  failed = [];
  status = undefined;
  vi.spyOn(console, "log").mockImplementation((line) => void printed.push(line));
  vi.spyOn(console, "error").mockImplementation((line) => void failed.push(line));
  vi.spyOn(process, "exit").mockImplementation((code) => {
    status = Number(code);
    return undefined as never;
  });
});
afterEach(() => vi.restoreAllMocks());

const options = { "dry-run": { type: "boolean" }, release: { type: "string" } } as const;

it.each([["--help"], ["-h"], ["--dry-run", "--help"], ["--unknown", "--help"]])(
  "%s prints the usage and runs nothing",
  async (...args) => {
    const main = vi.fn();
    await runMain({ usage: "Usage: npm run x", options, args }, main);
    expect([printed, failed, status]).toEqual([["Usage: npm run x"], [], undefined]);
    expect(main).not.toHaveBeenCalled();
  },
);

it.each([
  [["--dryrun"], "Unknown option '--dryrun'. --help lists the options."],
  [["--release"], "Option '--release <value>' argument missing. --help lists the options."],
  [["latest"], "Unexpected argument 'latest'. --help lists the options."],
])("%j is one line and status 2", async (args, line) => {
  const main = vi.fn();
  await runMain({ usage: "", options, args }, main);
  expect([failed, status]).toEqual([[expect.stringMatching(line)], 2]);
  expect(main).not.toHaveBeenCalled();
});

it("the program receives its flags and positional arguments", async () => {
  const args = ["set", "--release", "abc", "--", "--help"];
  const main = vi.fn();
  await runMain({ usage: "", options, allowPositionals: true, args }, main);
  expect(main).toHaveBeenCalledWith({ values: { release: "abc" }, positionals: ["set", "--help"] });
  expect(status).toBeUndefined();
});

it("an error is one line with the messages of its causes and status 1", async () => {
  const refused = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  const cause = new Error("fetch failed", { cause: refused });
  await runMain({ usage: "", options, args: [] }, () => {
    throw new Error("Cannot list\nsecrets", { cause });
  });
  expect([failed, status]).toEqual([["Cannot list secrets: fetch failed: ECONNREFUSED"], 1]);
});

it("an error that quotes its cause says it once", async () => {
  await runMain({ usage: "", options, args: [] }, async () => {
    throw new Error("a.json: no JSON", { cause: new Error("no JSON") });
  });
  expect(failed).toEqual(["a.json: no JSON"]);
});

it("an argument that the program itself refuses is status 2", async () => {
  await runMain({ usage: "", options, args: [] }, () => {
    throw new UsageError("--release latest is not the sha of a commit");
  });
  expect([failed, status]).toEqual([["--release latest is not the sha of a commit"], 2]);
});
