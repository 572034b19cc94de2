import { describe, expect, it } from "vitest";
import type { Event } from "../../shared/events/event.ts";
import { fromMessageData, toMessage } from "../../shared/pubsub/message.ts";
import { parseObject } from "../../shared/webhook/delivery.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { config } from "../../test/support/getsentry.ts";
import { normalize as normalizeBootstrap } from "../bootstrap-dev-env/normalize.ts";
import { normalize as normalizeFreight } from "../freight/normalize.ts";
import { normalize as normalizeGitHub } from "../github/normalize.ts";
import { webhookExamples } from "../github/webhook-examples.ts";
import { normalize as normalizeWebpack } from "../webpack/normalize.ts";
import { buildCommunityRows, buildOwnRows } from "./build-rows.ts";

const receivedAt = new Date("2026-11-02T17:10:00.000Z");
const stamp = { event_id: "id", received_at: "2026-11-02T17:10:00.000Z" };

function freight(changes: Record<string, unknown> = {}, name = "deploy-finished"): Event {
  return normalizeFreight({ id: "id", payload: { ...fixture(`freight/${name}`), ...changes }, receivedAt });
}

/** All rows of an event, in the order in which they are written. */
function buildAllRows(event: Event) {
  return [...buildOwnRows(event, config), ...buildCommunityRows(event, config, null)];
}

function rows(event: Event, table: string) {
  return buildAllRows(event)
    .filter((row) => `${row.dataset}.${row.table}` === table)
    .map(({ row }) => row);
}

describe("the rows of an event", () => {
  it.each([
    ["deploy-queued", "deploy_queued", null, null],
    ["deploy-started", "deploy_started", "2026-11-02T17:04:13.018Z", null],
    ["deploy-finished", "deploy_finished", "2026-11-02T17:04:13.018Z", "2026-11-02T17:09:46.330Z"],
    ["deploy-failed", "deploy_failed", "2026-11-02T17:04:13.018Z", "2026-11-02T17:09:46.330Z"],
    ["deploy-canceled", "deploy_canceled", "2026-11-02T17:04:13.018Z", "2026-11-02T17:09:46.330Z"],
  ])("of %s include the metric %s", (name, event, start_timestamp, end_timestamp) => {
    expect(rows(freight({}, name), "product_eng.development_metrics")).toEqual([
      {
        object_id: null,
        source_id: 13,
        parent_id: null,
        event,
        source: "freight",
        start_timestamp,
        end_timestamp,
        meta: JSON.stringify({
          app: "getsentry",
          head_commit: "4183f2f182c5afd3fe5cf1cb4bbc887d300b37a8",
          base_commit: "18bfe5bc293c9302774e47f57260542cbbfea6e6",
        }),
        ...stamp,
      },
    ]);
  });

  it("have every digit of an integer above 2^53 in the payload", () => {
    const payload = parseObject(`{"action":"build","client_payload":{"id":1152921506151679042}}`, "The body");
    const sent = normalizeGitHub({ id: "id", event: "repository_dispatch", payload, receivedAt });
    const event = fromMessageData(toMessage(sent, {}).data.toString("base64"));
    expect(rows(event, "product_eng.events")[0]?.payload).toContain('"id":1152921506151679042');
  });

  it("of a deploy outside of production contain only the event itself", () => {
    const tables = buildAllRows(freight({ environment: "staging" })).map(({ table }) => table);
    expect(tables).toEqual(["events"]);
  });

  it.each([
    ["bootstrap_start", "2026-11-02T17:10:00.000Z", null],
    ["bootstrap_end", null, "2026-11-02T17:10:00.000Z"],
  ])("of %s have the time in start_timestamp or end_timestamp", (event, start_timestamp, end_timestamp) => {
    const normalized = normalizeBootstrap({ id: "id", payload: { event, name: "mira" }, receivedAt });
    expect(rows(normalized, "product_eng.development_metrics")).toEqual([
      {
        object_id: null,
        source_id: null,
        parent_id: null,
        event,
        source: "bootstrap-dev-env",
        start_timestamp,
        end_timestamp,
        meta: '{"username":"mira"}',
        ...stamp,
      },
    ]);
  });

  it("of webpack's assets contain one row per asset", () => {
    const event = normalizeWebpack({ id: "id", body: fixture("webpack/assets"), receivedAt });
    const sizes = rows(event, "product_eng.asset_sizes");
    expect(sizes).toHaveLength(3);
    expect(sizes[2]).toEqual({
      pull_request_number: -1,
      commit: "6d225cb63aabb2b0e2a1d0a5f7c8d9e0f1a2b3c4",
      file: "vendor.js",
      entrypointName: "app",
      size: 1830021,
      environment: "ci",
      node_env: "production",
      created_at: "2026-11-02T17:10:00.000Z",
      ...stamp,
    });
  });

  it("are equal, insertIds included, each time they are built", () => {
    for (const { event, payload } of webhookExamples) {
      const normalized = normalizeGitHub({ id: "id", event, payload, receivedAt });
      const made = buildAllRows(normalized);
      expect(buildAllRows(structuredClone(normalized))).toEqual(made);
      expect(new Set(made.map((row) => `${row.table} ${row.insertId}`)).size).toBe(made.length);
    }
  });

  it("contain the whole event in `event` and `payload`", () => {
    const event = freight();
    const [row] = rows(event, "product_eng.events");
    const rebuilt = { ...JSON.parse(String(row?.event)), payload: JSON.parse(String(row?.payload)) };
    expect(rebuilt).toEqual(event);
  });

  it("drop a payload that exceeds the size limit and give its size in payloadDropped", () => {
    const event = normalizeGitHub({
      id: "id",
      event: "gollum",
      payload: { pages: '"'.repeat(4_600_000) },
      receivedAt,
    });
    const [row] = rows(event, "product_eng.events");
    expect(row?.payload).toBeNull();
    expect(JSON.parse(String(row?.event)).payloadDropped).toMatchObject({ bytes: 9_200_012 });
  });
});
