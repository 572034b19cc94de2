import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

interface Row {
  event_id: string;
  source: string;
  type: string;
  event: Record<string, unknown>;
  payload: Record<string, unknown>;
}

const schema = JSON.parse(
  readFileSync(new URL("../../docs/events/github.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: false });
ajvFormats.default(ajv);
const validate = ajv.compile(schema);

let suite: TestSuite;
let rows: Map<string, Row[]>;
const responses = new Map<string, { status: number; body: string }>();

beforeAll(async () => {
  suite = await startTestSuite();
  const queue = webhookExamples[Symbol.iterator]();
  const worker = async () => {
    for (const { name, event, payload } of queue)
      responses.set(name, await suite.send("github", payload, { event, id: name }));
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await suite.settled();
  const all = await suite.local.query<Row>(
    "SELECT event_id, source, type, event, payload FROM product_eng.events",
  );
  rows = new Map(webhookExamples.map(({ name }) => [name, all.filter(({ event_id }) => event_id === name)]));
});
afterAll(() => suite.stop());

describe("every payload of @octokit/webhooks-examples", () => {
  it("exists: the catalogue is not empty", () => {
    expect(webhookExamples.length).toBeGreaterThan(300);
    expect(responses.size).toBe(webhookExamples.length);
  });

  it.each(webhookExamples)(
    "$name is accepted, and is one valid event in BigQuery",
    ({ name, event, payload }) => {
      expect(responses.get(name)).toMatchObject({
        status: event === "ping" ? 200 : 202,
        body: JSON.stringify({ id: name }),
      });
      const [row, ...more] = rows.get(name) ?? [];
      expect(more).toEqual([]);
      expect(row?.payload).toEqual(payload);
      const rebuilt = { ...row?.event, payload: row?.payload };
      validate(rebuilt);
      expect(validate.errors).toBeNull();
      expect(rebuilt).toMatchObject({ id: name, source: "github", type: row?.type });
    },
  );
});

describe("the same delivery twice", () => {
  it("gives one row in every view", async () => {
    const views = ["product_eng.events", "product_eng.development_metrics", "open_source.github_events"].map(
      (table) => `${table}_deduplicated`,
    );
    const count = async () =>
      Promise.all(
        views.map(async (view) => (await suite.local.query(`SELECT COUNT(*) AS n FROM ${view}`))[0]?.n),
      );
    const before = await count();
    const twice = webhookExamples.filter(({ event }) =>
      ["check_run", "issues", "pull_request"].includes(event),
    );
    for (const { name, event, payload } of twice)
      expect((await suite.send("github", payload, { event, id: name })).status).toBe(202);
    await suite.settled();
    expect(await count()).toEqual(before);
  });
});
