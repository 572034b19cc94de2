import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows } from "../testing/example-github-rows.ts";
import { bootstrapRows, deadLetterRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

describe("events_by_minute", () => {
  it("every event counts once, in the minute of its acceptance, with its delay", async () => {
    const run = (id: number, received: string) =>
      checkRunRows({
        run: id,
        onMain: false,
        started: "2025-03-03T09:00:00Z",
        completed: "2025-03-03T10:00:00Z",
        received,
      });
    await warehouse.given(
      run(1, "2025-03-03T10:00:01.500Z"),
      run(2, "2025-03-03T10:00:03Z"),
      run(3, "2025-03-03T10:00:59.999Z"),
      run(3, "2025-03-03T10:00:59.999Z"),
      // History that was sent years later has no delay.
      checkRunRows({
        run: 5,
        onMain: false,
        started: "2017-03-03T09:00:00Z",
        completed: "2017-03-03T10:00:00Z",
        received: "2025-03-03T11:00:00Z",
      }),
      // The sender's clock is ahead.
      run(4, "2025-03-03T09:59:58Z"),
      bootstrapRows({ step: "start", name: "mira", received: "2025-03-03T10:00:30Z" }),
    );
    expect(
      await warehouse.rows("SELECT * FROM product_eng.events_by_minute ORDER BY source DESC, minute"),
    ).toEqual([
      {
        source: "github",
        minute: "2025-03-03T09:59:00.000Z",
        events: 1,
        delay_seconds_p50: -2,
        delay_seconds_p90: -2,
        delay_seconds_max: -2,
      },
      {
        source: "github",
        minute: "2025-03-03T10:00:00.000Z",
        events: 3,
        delay_seconds_p50: 3,
        delay_seconds_p90: expect.closeTo(48.5992),
        delay_seconds_max: 59.999,
      },
      {
        source: "github",
        minute: "2025-03-03T11:00:00.000Z",
        events: 1,
        delay_seconds_p50: null,
        delay_seconds_p90: null,
        delay_seconds_max: null,
      },
      {
        source: "bootstrap-dev-env",
        minute: "2025-03-03T10:00:00.000Z",
        events: 1,
        delay_seconds_p50: 0,
        delay_seconds_p90: 0,
        delay_seconds_max: 0,
      },
    ]);
  });
});

describe("dead_letter_events", () => {
  it("a dead letter has its event, its subscription and the number of attempts", async () => {
    const letter = deadLetterRows({
      message: "m1",
      published: "2025-03-03T10:00:00Z",
      attributes: {
        CloudPubSubDeadLetterSourceSubscription: "metrics-github-events",
        CloudPubSubDeadLetterSourceDeliveryCount: "5",
        "ce-id": "delivery",
        "ce-source": "github",
        "ce-type": "github.push",
        "ce-subject": "getsentry/sentry@refs/heads/master",
        "ce-time": "2025-03-03T09:00:00.000Z",
      },
    });
    await warehouse.given(letter, letter);
    expect(await warehouse.rows("SELECT * FROM product_eng.dead_letter_events")).toEqual([
      {
        message_id: "m1",
        dead_lettered_at: "2025-03-03T10:00:00.000Z",
        subscription: "metrics-github-events",
        delivery_attempts: 5,
        event_id: "delivery",
        source: "github",
        type: "github.push",
        subject: "getsentry/sentry@refs/heads/master",
        time: "2025-03-03T09:00:00.000Z",
      },
    ]);
  });

  it("a message that is no event has a row too", async () => {
    await warehouse.given(
      deadLetterRows({ message: "m1", published: "2025-03-03T10:00:00Z", attributes: {} }),
    );
    expect(
      await warehouse.rows("SELECT message_id, event_id, time FROM product_eng.dead_letter_events"),
    ).toEqual([{ message_id: "m1", event_id: null, time: null }]);
  });
});

describe("source_freshness", () => {
  it("has each source's last event, and its events of the last day and week", async () => {
    await warehouse.given(
      bootstrapRows({ step: "start", name: "mira", received: "2025-03-10T10:00:30Z" }),
      bootstrapRows({ step: "end", name: "mira", received: "2025-03-07T10:00:30Z" }),
      bootstrapRows({ step: "start", name: "jonas", received: "2025-02-01T10:00:30Z" }),
    );
    const now = await warehouse.rows(
      "SELECT source, last_event_at, events_of_week FROM product_eng.source_freshness",
    );
    expect(now).toEqual([
      { source: "bootstrap-dev-env", last_event_at: "2025-03-10T10:00:00.000Z", events_of_week: 2 },
    ]);
  });
});
