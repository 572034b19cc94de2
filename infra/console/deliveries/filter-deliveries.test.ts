import { expect, it } from "vitest";
import type { PushRecord } from "../../local/gateway/log-entries.ts";
import { countOutcomes } from "./count-outcomes.ts";
import type { DeliverySummary } from "./delivery-summary.ts";
import { compileFilter, deliveryFilter } from "./filter-deliveries.ts";
import { parseSearch } from "./parse-search.ts";

const delivery = (number: number, more: Partial<DeliverySummary> = {}): DeliverySummary => ({
  number,
  at: "2026-11-24T08:00:00.000Z",
  source: "github",
  type: "github.push",
  subject: "getsentry/sentry@master",
  description: null,
  repository: "getsentry/sentry",
  actor: "mira-okafor",
  time: null,
  status: 202,
  response: "",
  eventId: `id-${number}`,
  replayOf: null,
  subscribers: [],
  ...more,
});
const push = { outcome: "dead-lettered", error: "500 no such table" } as PushRecord;
const deliveries = [
  delivery(4, {
    source: "freight",
    type: "freight.deploy.finished",
    subject: "getsentry/production/13",
    repository: null,
    actor: "Lena Fischer",
  }),
  delivery(3, { status: 401, eventId: null, response: '{"error":"no"}', type: null, actor: null }),
  delivery(2, {
    subscribers: [
      {
        subscription: "metrics-github-events",
        function: "metrics",
        outcome: "dead-lettered",
        pushes: [push],
      },
    ],
  }),
  delivery(1, {
    at: "2026-11-24T07:00:00.000Z",
    subject: "84019",
    type: "github.check_run.created",
    description: "Backend tests: failure",
  }),
];

it.each([
  [{}, [4, 3, 2, 1]],
  [{ source: "freight" }, [4]],
  [{ source: "", type: " ", text: "" }, [4, 3, 2, 1]],
  [{ type: "PUSH" }, [2]],
  [{ type: "check_run" }, [1]],
  [{ response: "4xx" }, [3]],
  [{ response: "401" }, [3]],
  [{ response: "5xx" }, []],
  [{ response: "2xx", outcome: "dead-lettered" }, [2]],
  [{ repository: "SENTRY/sentry" }, [3, 2, 1]],
  [{ actor: "lena" }, [4]],
  [{ since: "1h" }, [4, 3, 2]],
  [{ from: "2026-11-24T07:30" }, [4, 3, 2]],
  [{ to: "2026-11-24T07:30" }, [1]],
  [{ from: "2026-11-24T07:00", to: "2026-11-24T08:00" }, [1]],
  [{ from: "yesterday" }, [4, 3, 2, 1]],
  [{ text: "github 401" }, [3]],
  [{ text: "status:401" }, [3]],
  [{ text: "status:2xx" }, [4, 2, 1]],
  [{ text: "status:202" }, [4, 2, 1]],
  [{ text: "sentry metrics" }, [2]],
  [{ text: "metrics sentry nobody" }, []],
  [{ text: "subscriber:metrics" }, [2]],
  [{ text: "outcome:dead-lettered" }, [2]],
  [{ text: "actor:mira type:push" }, [2]],
  [{ text: "-source:github" }, [4]],
  [{ text: "repo:sentry -actor:mira" }, [3]],
  [{ text: "event:id-1" }, [1]],
  [{ text: "PRODUCTION/13" }, [4]],
  [{ text: "401" }, [3]],
  [{ text: "dead-lettered" }, [2]],
  [{ text: '"no such table"' }, [2]],
  [{ text: "id-1" }, [1]],
  [{ text: "backend failure" }, [1]],
  [{ before: "3" }, [2, 1]],
  [{ before: "nonsense", source: ["a", "b"] }, [4, 3, 2, 1]],
])("the filter %j leaves the deliveries %j", (query, numbers) => {
  const { matches } = compileFilter(deliveryFilter.parse(query), new Date("2026-11-24T08:30:00Z"));
  expect(deliveries.filter(matches).map(({ number }) => number)).toEqual(numbers);
});

it.each([
  ["", []],
  ['payload:"Empty Recording" -x', ["payload empty recording", "-any x"]],
  ['nobody:x "unclosed', ["any nobody:x", "any unclosed"]],
  ["type:", ["any type:"]],
])("the search %j has the terms %j", (search, terms) => {
  const described = parseSearch(search).map(
    ({ field, text, isExcluded }) => `${isExcluded ? "-" : ""}${field} ${text}`,
  );
  expect(described).toEqual(terms);
});

it("the quick filters count what they select", () => {
  for (const { query, count } of countOutcomes(deliveries)) {
    const { matches } = compileFilter(deliveryFilter.parse(query));
    expect(deliveries.filter(matches)).toHaveLength(count);
  }
});
