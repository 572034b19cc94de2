import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { annotate, parseCloudTrace, runWithCallContext } from "./call-context.ts";
import { log } from "./log.ts";

const trace = "0123456789abcdef0123456789abcdef";
let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  vi.stubEnv("LOG_LEVEL", "INFO");
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "a-project");
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("a log line", () => {
  it("is JSON with severity, message and the given fields", () => {
    log("WARNING", "Something", { subject: "a#1", error: new Error("outer", { cause: new Error("inner") }) });
    expect(lines).toEqual([
      {
        severity: "WARNING",
        message: "Something",
        subject: "a#1",
        error: "outer: inner",
        stack: expect.any(String),
      },
    ]);
  });

  it("carries the request's trace and the event's id, in its own call only", async () => {
    const fields = parseCloudTrace(`${trace}/255;o=1`);
    await runWithCallContext({ ...fields, function: "metrics" }, async () => {
      annotate({ event: "id-1" });
      await Promise.resolve();
      log("INFO", "Inside");
    });
    log("INFO", "Outside");
    expect(lines).toEqual([
      {
        severity: "INFO",
        message: "Inside",
        function: "metrics",
        event: "id-1",
        "logging.googleapis.com/trace": `projects/a-project/traces/${trace}`,
        "logging.googleapis.com/spanId": "00000000000000ff",
      },
      { severity: "INFO", message: "Outside" },
    ]);
  });

  it("contains no parameters of failed SQL and no e-mail address", () => {
    const cause = new Error('invalid input syntax: "mira.okafor@sentry.io"');
    const error = new DrizzleQueryError(
      'select "id" where "email" = $1',
      ["mira.okafor@sentry.io", "a\n    at b"],
      cause,
    );
    log("WARNING", "Wrote to mira.okafor@sentry.io", { error, list: [{ to: "jonas@sentry.io" }] });
    expect(lines).toMatchObject([
      {
        message: "Wrote to [email]",
        error: 'Failed query: select "id" where "email" = $1: invalid input syntax: "[email]"',
        list: [{ to: "[email]" }],
      },
    ]);
    expect(lines[0]?.stack).toMatch(/^Error: Failed query: select "id" where "email" = \$1\n {4}at (?!b)/);
    expect(JSON.stringify(lines)).not.toMatch(/sentry\.io|params/);
  });

  it("is hidden below LOG_LEVEL", () => {
    log("DEBUG", "Detail");
    expect(lines).toEqual([]);
  });
});

describe("the trace of a request", () => {
  it.each([
    ["without a header", undefined],
    ["with an invalid header", "garbage"],
  ])("is empty %s", (_, header) => expect(parseCloudTrace(header)).toEqual({}));
});
