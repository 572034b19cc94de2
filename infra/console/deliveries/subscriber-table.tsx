import { ClockTime } from "../clock-time.tsx";
import type { SubscriberSummary } from "./delivery-summary.ts";
import { OutcomeBadge } from "./status-badge.tsx";

interface SubscriberTableProps {
  subscribers: SubscriberSummary[];
  maxDeliveryAttempts: number;
}

/** Each subscriber's pushes of one event, with the errors of those that failed. */
export function SubscriberTable({ subscribers, maxDeliveryAttempts }: SubscriberTableProps) {
  if (subscribers.length === 0) return <p className="note">No subscriber receives it.</p>;
  return (
    <ul className="subscribers">
      {subscribers.map((subscriber) => (
        <li key={subscriber.subscription}>
          <OutcomeBadge subscriber={subscriber} maxDeliveryAttempts={maxDeliveryAttempts} />
          <ol>
            {subscriber.pushes.map(({ at, attempt, outcome, error, messageId }) => (
              <li key={`${messageId} ${attempt}`}>
                <ClockTime at={at} /> <span className="note">attempt {attempt}</span>{" "}
                {error === undefined ? outcome : <code className="error">{error}</code>}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}
