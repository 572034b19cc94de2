import { expect, it } from "vitest";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { ReportIds } from "./report-id.ts";

const report = (at: string, body = "{}") =>
  new Delivery({ rawHeaders: [] }, Buffer.from(body), "application/json", new Date(`2026-11-02T${at}Z`));

it.each([
  ["in the same minute", "17:10:00", "17:10:59", true],
  ["across the boundary of a minute", "17:10:59", "17:11:00", true],
  ["two minutes later", "17:10:00", "17:12:00", true],
  ["after more than two minutes", "17:10:00", "17:12:01", false],
])("a report that arrives again %s is the same event: %s, %s, %s", (_, first, second, isSame) => {
  const ids = new ReportIds();
  expect(ids.assign(report(first)) === ids.assign(report(second))).toBe(isSame);
});

it("another report in the same minute is another event, and instances agree on a minute", () => {
  const ids = new ReportIds();
  expect(ids.assign(report("17:10:00"))).not.toBe(ids.assign(report("17:10:00", "[]")));
  expect(new ReportIds().assign(report("17:10:30"))).toBe(ids.assign(report("17:10:00")));
});
