import { ClockTime } from "../../../shared/console/clock-time.tsx";
import { SourceCell } from "../../../shared/console/source-cell.tsx";
import { StatusBadge } from "../../../shared/console/status-badge.tsx";
import type { DeliverySummary } from "./delivery-summary.ts";
import { OutcomeBadge } from "./outcome-badge.tsx";

interface DeliveryRowProps {
  delivery: DeliverySummary;
  maxDeliveryAttempts: number;
}

/** A delivery in the list. Its type links to its page. */
export function DeliveryRow({ delivery, maxDeliveryAttempts }: DeliveryRowProps) {
  const { number, at, source, type, subject, description, status, replayOf } = delivery;
  return (
    <tr data-delivery={number}>
      <td className="pick">
        <input
          type="checkbox"
          id={`pick-${number}`}
          form="bulk"
          name="n"
          value={number}
          aria-label={`Select #${number}`}
        />
      </td>
      <td className="when">
        <ClockTime at={at} />
      </td>
      <SourceCell source={source} />
      <td className="what">
        <a href={`/deliveries/${number}`}>{type ?? `#${number}`}</a>
        {(description !== null || subject !== null) && (
          <span className="subject" title={[description, subject].filter(Boolean).join("\n")}>
            {description !== null && <strong>{description}</strong>}{" "}
            {subject !== null && shortenShas(subject)}
          </span>
        )}
        {replayOf !== null && <span className="note">replay of #{replayOf}</span>}
      </td>
      <td className="status">
        <StatusBadge status={status} />
      </td>
      <td className="outcomes">
        <Outcomes delivery={delivery} maxDeliveryAttempts={maxDeliveryAttempts} />
      </td>
    </tr>
  );
}

function Outcomes({ delivery, maxDeliveryAttempts }: DeliveryRowProps) {
  const { subscribers, status, response, eventId } = delivery;
  if (eventId === null)
    return <Reason text={status < 300 ? "no event" : (parseError(response) ?? response)} />;
  // The end of a long list is cut.
  const worstFirst = subscribers.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return worstFirst.map((subscriber) => (
    <OutcomeBadge
      key={subscriber.subscription}
      subscriber={subscriber}
      maxDeliveryAttempts={maxDeliveryAttempts}
    />
  ));
}

const order = ["dead-lettered", "retrying", "waiting", "acknowledged"];

/** Responses have up to 4 kB. */
const MAX_REASON = 500;

function Reason({ text }: { text: string }) {
  const short = text.slice(0, MAX_REASON);
  return (
    <span className="note" title={short}>
      {short}
    </span>
  );
}

/** Reads the error from the response to a refused delivery. */
function parseError(response: string): string | undefined {
  try {
    const { error } = JSON.parse(response) as { error?: unknown };
    return typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}

/** Shortens each sha to seven digits, as git does. */
function shortenShas(subject: string): string {
  return subject.replaceAll(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1");
}
