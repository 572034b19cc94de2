import { ClockTime } from "../../../shared/console/clock-time.tsx";
import type { LoggedLine } from "../../local/gateway/capture-log.ts";
import type { PushRecord } from "../../local/gateway/log-entries.ts";
import type { SubscriberSummary } from "./delivery-summary.ts";
import { numberMessages } from "./number-messages.ts";
import { OutcomeBadge } from "./outcome-badge.tsx";

interface SubscriberTableProps {
  /** Number of the delivery. */
  number: number;
  subscribers: SubscriberSummary[];
  /** Numbers of all deliveries of the event, oldest first. */
  deliveries: number[];
  maxDeliveryAttempts: number;
}

/** Each subscriber's pushes of one event, with the lines that it logged. */
export function SubscriberTable({
  number,
  subscribers,
  deliveries,
  maxDeliveryAttempts,
}: SubscriberTableProps) {
  if (subscribers.length === 0) return <p className="note">No subscriber receives it.</p>;
  const numbers = numberMessages(
    subscribers.flatMap(({ pushes }) => pushes),
    deliveries,
  );
  return (
    <ul className="subscribers">
      {subscribers.map((subscriber) => (
        <li key={subscriber.subscription}>
          <OutcomeBadge subscriber={subscriber} maxDeliveryAttempts={maxDeliveryAttempts} />
          {subscriber.pushes.length > 1 && (
            <a
              href={`/deliveries/${number}/compare?${new URLSearchParams({ subscription: subscriber.subscription })}`}
            >
              Compare the last two
            </a>
          )}
          <ol>
            {subscriber.pushes.map((push) => (
              <li key={`${push.messageId} ${push.attempt}`}>
                <Push push={push} number={numbers.size > 1 ? numbers.get(push.messageId) : undefined} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function Push({ push, number }: { push: PushRecord; number: number | undefined }) {
  const { at, durationMs, attempt, outcome, error, log } = push;
  return (
    <>
      <ClockTime at={at} />{" "}
      <span className="note">
        {number !== undefined && `delivery #${number}, `}attempt {attempt}, {durationMs} ms
      </span>{" "}
      {error === undefined ? outcome : <code className="error">{error}</code>}
      <LogLines lines={log} />
    </>
  );
}

/** The lines that a function logged during a request, whatever LOG_LEVEL is. */
export function LogLines({ lines }: { lines: LoggedLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="log" aria-label="Log">
      {lines.map(({ severity, message, error, stack, fields }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and are rendered once
        <li key={index}>
          <span className={`severity ${severity.toLowerCase()}`}>{severity}</span> {message}
          {Object.keys(fields).length > 0 && <code> {JSON.stringify(fields)}</code>}
          {stack !== undefined && (
            <details>
              <summary>{error}</summary>
              <pre>{stack}</pre>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
