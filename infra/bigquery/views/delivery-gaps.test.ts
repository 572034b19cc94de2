import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toAttemptRows } from "../../../functions/redeliver/attempt-rows.ts";
import { pushRows } from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

let id = 0;
const attempt = (
  guid: string,
  statusCode: number,
  time: string,
  more: { log?: string; event?: string } = {},
) =>
  toAttemptRows(
    [
      {
        log: "github-app",
        id: String(++id),
        guid,
        event: "push",
        repositoryId: "1",
        statusCode,
        isRedelivery: false,
        deliveredAt: new Date(`2025-03-${time}:00Z`),
        ...more,
      },
    ],
    "product_eng",
  );
const redelivery = (...parameters: Parameters<typeof attempt>) =>
  attempt(...parameters).map((row) => ({ ...row, row: { ...row.row, is_redelivery: true } }));
const held = (guid: string, time: string) =>
  pushRows({ id: guid, received: `2025-03-${time}:01Z`, branch: "master", commits: [] });

describe("delivery_gaps", () => {
  it("has each event whose first attempts failed, and how it arrived", async () => {
    const twice = attempt("twice", 503, "10T10:00");
    await warehouse.given(
      attempt("fine", 202, "10T10:00"),
      held("fine", "10T10:00"),
      [...attempt("again", 503, "10T10:00"), ...attempt("again", 0, "10T10:05")],
      redelivery("again", 202, "10T10:10"),
      held("again", "10T10:10"),
      attempt("response-lost", 504, "10T10:00"),
      redelivery("response-lost", 202, "10T10:05"),
      held("response-lost", "10T10:00"),
      attempt("never-accepted", 504, "10T10:00"),
      held("never-accepted", "10T10:00"),
      attempt("hook", 503, "10T10:00"),
      attempt("hook", 202, "10T10:00", { log: "orgs/getsentry/hooks/1" }),
      attempt("hook-later", 503, "10T10:00"),
      attempt("hook-later", 202, "10T10:01", { log: "orgs/getsentry/hooks/1" }),
      held("hook-later", "10T10:01"),
      attempt("lost", 503, "07T11:59"),
      twice,
      twice,
    );
    const sql = "SELECT guid, how, attempts, first_failed_at, recovered_at FROM product_eng.delivery_gaps";
    expect(await warehouse.rows(`${sql} ORDER BY guid`)).toMatchObject([
      { guid: "again", how: "redelivered", attempts: 3, recovered_at: "2025-03-10T10:10:00.000Z" },
      { guid: "hook-later", how: "another_webhook", attempts: 2 },
      { guid: "lost", how: "lost", recovered_at: null },
      { guid: "never-accepted", how: "stored", recovered_at: "2025-03-10T10:00:01.000Z" },
      { guid: "response-lost", how: "stored", attempts: 2, recovered_at: "2025-03-10T10:00:01.000Z" },
      { guid: "twice", how: "pending", attempts: 1, first_failed_at: "2025-03-10T10:00:00.000Z" },
    ]);
    const [lost] = await warehouse.rows(
      "SELECT repository FROM product_eng.delivery_gaps WHERE guid = 'lost'",
    );
    expect(lost).toEqual({ repository: "getsentry/sentry" });
  });
});

describe("deliveries_by_day", () => {
  it("counts the events that GitHub sent, and those that the suite holds", async () => {
    await warehouse.given(
      attempt("a", 202, "09T23:59"),
      held("a", "10T00:00"),
      attempt("b", 503, "10T10:00"),
      redelivery("b", 503, "10T10:05"),
      attempt("c", 202, "10T10:00", { event: "issues" }),
      attempt("ping", 200, "10T10:00", { event: "ping" }),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.deliveries_by_day ORDER BY day, event")).toEqual([
      { day: "2025-03-09", event: "push", sent: 1, held: 1, missing: 0 },
      { day: "2025-03-10", event: "issues", sent: 1, held: 0, missing: 1 },
      { day: "2025-03-10", event: "push", sent: 1, held: 0, missing: 1 },
    ]);
  });
});
