import { expect, it } from "vitest";
import { dueWeek } from "./due-week.ts";

it.each([
  ["on Monday at 8", "2026-11-30T08:00:00Z", "UTC", "2026-11-23"],
  ["before 8 on Monday", "2026-11-30T07:59:00Z", "UTC", null],
  ["late, on Sunday", "2026-12-06T23:00:00Z", "UTC", "2026-11-23"],
  ["where it is Monday already", "2026-11-29T23:30:00Z", "Pacific/Auckland", "2026-11-23"],
  ["where it is Sunday still", "2026-11-30T07:30:00Z", "America/Los_Angeles", "2026-11-16"],
  ["at 8 in Vienna, an hour before 8 in UTC", "2026-11-30T07:00:00Z", "Europe/Vienna", "2026-11-23"],
  ["after the change to daylight saving time", "2026-03-30T06:00:00Z", "Europe/Vienna", "2026-03-23"],
  ["across a new year", "2027-01-04T09:00:00Z", "UTC", "2026-12-28"],
])("the digest %s is of the last week that is over", (_, now, timeZone, expected) => {
  expect(dueWeek(new Date(now), timeZone)).toBe(expected);
});
