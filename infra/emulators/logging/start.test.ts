import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FilterError, type LogEntry, parseFilter } from "./parse-filter.ts";
import { type RunningLogging, startLogging } from "./start.ts";

interface ListResponse {
  entries?: LogEntry[];
  nextPageToken?: string;
}
let logging: RunningLogging;
beforeAll(async () => {
  logging = await startLogging({ project: "local" });
  logging.write("metrics", {
    severity: "INFO",
    message: "first",
    event: "a",
    "logging.googleapis.com/trace": "t",
  });
  logging.write("metrics", { severity: "ERROR", message: "second", event: "B", error: "it broke" });
  logging.write("slack-app", { severity: "WARNING", message: "third", summary: { count: 2 } });
});
afterAll(() => logging.stop());

const list = async (body: Record<string, unknown>) => {
  const response = await fetch(`${logging.url}/v2/entries:list`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ resourceNames: ["projects/local"], ...body }),
  });
  return { status: response.status, body: (await response.json()) as ListResponse };
};
const messages = async (body: Record<string, unknown>) =>
  ((await list(body)).body.entries ?? []).map((entry) => entry.jsonPayload.message);

describe("entries.list", () => {
  it.each<[string, string[]]>([
    ["", ["first", "second", "third"]],
    ['jsonPayload.event="a"', ["first"]],
    // Comparisons of text ignore case.
    ['jsonPayload.event=("x" OR "b")', ["second"]],
    ["jsonPayload.error:*", ["second"]],
    ["severity>=WARNING", ["second", "third"]],
    ["severity=ERROR AND jsonPayload.event:*", ["second"]],
    ['resource.labels.service_name="slack-app"', ["third"]],
    [
      'resource.type="cloud_run_revision" AND timestamp>="2020-01-01T00:00:00Z"',
      ["first", "second", "third"],
    ],
    ['timestamp<"2020-01-01T00:00:00Z"', []],
  ])("with the filter %s", async (filter, expected) => {
    expect(await messages({ filter })).toEqual(expected);
  });

  it("orders and pages", async () => {
    const first = await list({ orderBy: "timestamp desc", pageSize: 2 });
    expect(first.body.entries?.map((entry) => entry.severity)).toEqual(["WARNING", "ERROR"]);
    const { nextPageToken: pageToken } = first.body;
    expect(await messages({ orderBy: "timestamp desc", pageSize: 2, pageToken })).toEqual(["first"]);
    expect((await list({ filter: 'jsonPayload.event="x"' })).body).toEqual({});
    expect((await list({ resourceNames: ["projects/other"] })).body).toEqual({});
  });

  it("takes the special fields out of the payload", async () => {
    const { body } = await list({ filter: 'jsonPayload.event="a"' });
    expect(body.entries?.[0]).toMatchObject({
      severity: "INFO",
      jsonPayload: { message: "first", event: "a" },
    });
    expect(Object.keys(body.entries?.[0]?.jsonPayload ?? {})).toEqual(["message", "event"]);
  });

  it.each([
    [{ resourceNames: [] }, "resourceNames"],
    [{ filter: "x".repeat(20_001) }, "20000 characters"],
    [{ orderBy: "severity" }, "orderBy"],
    [{ pageSize: 1001 }, "pageSize"],
    [{ pageSize: -1 }, "pageSize"],
    [{ pageToken: "x" }, "pageToken"],
    [{ filter: "jsonPayload.event=" }, "Unparseable filter"],
  ])("refuses %j", async (body, message) => {
    expect(await list(body)).toEqual({
      status: 400,
      body: { error: { code: 400, status: "INVALID_ARGUMENT", message: expect.stringContaining(message) } },
    });
  });
});

it.each([
  'a="b" OR c="d"',
  'a="b" c="d"',
  'NOT a="b"',
  '"text"',
  'a:"b"',
  "a=*",
  'a="b" AND',
  "severity=LOUD",
  'timestamp>"x"',
])("the filter %s is refused", (filter) => {
  expect(() => parseFilter(filter)).toThrow(FilterError);
});

it("a client that leaves in the middle of its request does not end the process", async () => {
  const failed: unknown[] = [];
  const note = (error: unknown) => failed.push(error);
  process.on("unhandledRejection", note);
  const { hostname, port } = new URL(logging.url);
  const socket = connect(Number(port), hostname);
  const head = `POST /v2/entries:list HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n`;
  socket.write(`${head}content-length: 100\r\n\r\n{`);
  await once(socket, "connect");
  // Behind the beginning of the body.
  expect(await messages({ filter: 'jsonPayload.event="a"' })).toEqual(["first"]);
  socket.destroy();
  await once(socket, "close");
  expect(await messages({ filter: 'jsonPayload.event="a"' })).toEqual(["first"]);
  process.off("unhandledRejection", note);
  expect(failed).toEqual([]);
});
