import { expect, it } from "vitest";
import type { DeliverySummary } from "./delivery-summary.ts";
import { deliveryFilter, filterDeliveries } from "./filter-deliveries.ts";

const delivery = (number: number, more: Partial<DeliverySummary> = {}): DeliverySummary => ({
  number,
  at: "2026-11-24T08:00:00.000Z",
  source: "github",
  type: "github.push",
  subject: "getsentry/sentry@master",
  time: null,
  status: 202,
  response: "",
  eventId: `id-${number}`,
  replayOf: null,
  subscribers: [],
  readBody: () => `{"title":"Cover an empty recording ${number}"}`,
  ...more,
});
const deliveries = [
  delivery(4, { source: "freight", type: "freight.deploy.finished", subject: "getsentry/production/13" }),
  delivery(3, { status: 401, eventId: null, response: '{"error":"no"}', type: null }),
  delivery(2, {
    subscribers: [
      {
        subscription: "metrics-github-events",
        function: "metrics",
        outcome: "dead-lettered",
        pushes: [
          {
            kind: "push",
            at: "",
            subscription: "",
            function: "metrics",
            messageId: "1",
            eventId: "id-2",
            attributes: {},
            attempt: 5,
            outcome: "dead-lettered",
            error: "500 no such table",
          },
        ],
      },
    ],
  }),
  delivery(1, { at: "2026-11-24T07:00:00.000Z", subject: "84019", type: "github.check_run.created" }),
];

it.each([
  [{}, [4, 3, 2, 1]],
  [{ source: "freight" }, [4]],
  [{ source: "", type: " ", text: "" }, [4, 3, 2, 1]],
  [{ type: "PUSH" }, [2]],
  [{ type: "check_run" }, [1]],
  [{ response: "4xx" }, [3]],
  [{ response: "2xx", outcome: "dead-lettered" }, [2]],
  [{ since: "1h" }, [4, 3, 2]],
  [{ text: "github 401" }, [3]],
  [{ text: "status:401" }, [3]],
  [{ text: "status:202" }, [4, 2, 1]],
  [{ text: "sentry metrics" }, [2]],
  [{ text: "metrics sentry nobody" }, []],
  [{ text: "subscriber:metrics" }, [2]],
  [{ text: 'payload:"empty recording 4"' }, [4]],
  [{ text: "recording" }, []],
  [{ text: "PRODUCTION/13" }, [4]],
  [{ text: "401" }, [3]],
  [{ text: "dead-lettered" }, [2]],
  [{ text: '"no such table"' }, [2]],
  [{ text: "id-1" }, [1]],
  [{ before: "3" }, [2, 1]],
  [{ before: "nonsense", source: ["a", "b"] }, [4, 3, 2, 1]],
])("the filter %j leaves the deliveries %j", (query, numbers) => {
  const found = filterDeliveries(deliveries, deliveryFilter.parse(query), new Date("2026-11-24T08:30:00Z"));
  expect(found.map(({ number }) => number)).toEqual(numbers);
});
