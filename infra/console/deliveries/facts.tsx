import { ClockTime } from "../../../shared/console/clock-time.tsx";
import { StatusBadge } from "../../../shared/console/status-badge.tsx";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import type { DeliverySummary } from "./delivery-summary.ts";

interface FactsProps {
  delivery: DeliveryRecord;
  shown: DeliverySummary;
  /** Numbers of other deliveries of the same event. */
  siblings: number[];
}

/** A delivery's response, subject, times and ids. */
export function Facts({ delivery, shown, siblings }: FactsProps) {
  const { at, response, status, body, method, source } = delivery;
  return (
    <dl className="facts">
      <Fact name="Response">
        <StatusBadge status={status} /> <span className="note">after {delivery.durationMs} ms</span>{" "}
        <code>{response || "(empty)"}</code>
      </Fact>
      {shown.subject !== null && <Fact name="Subject">{shown.subject}</Fact>}
      <Fact name="Received">
        <ClockTime at={at} isFull />
      </Fact>
      {shown.time !== null && (
        <Fact name="Happened">
          <ClockTime at={shown.time} isFull />
        </Fact>
      )}
      <Fact name="Sent to">
        <code>
          {method} /{source}
        </code>
        , {body.bytes.toLocaleString("en")} bytes
      </Fact>
      {shown.repository !== null && (
        <Fact name="Repository">
          <a href={`/?${new URLSearchParams({ repository: shown.repository })}`}>{shown.repository}</a>
        </Fact>
      )}
      {shown.actor !== null && (
        <Fact name="Actor">
          <a href={`/?${new URLSearchParams({ actor: shown.actor })}`}>{shown.actor}</a>
        </Fact>
      )}
      {shown.eventId !== null && (
        <Fact name="Event">
          <a href={`/deliveries/event/${encodeURIComponent(shown.eventId)}`}>
            <code>{shown.eventId}</code>
          </a>
        </Fact>
      )}
      {shown.replayOf !== null && (
        <Fact name="Replay of">
          <a href={`/deliveries/${shown.replayOf}`}>#{shown.replayOf}</a>{" "}
          <a href={`/deliveries/${delivery.number}/compare?with=${shown.replayOf}`}>Compare</a>
        </Fact>
      )}
      {siblings.length > 0 && (
        <Fact name="Same event">
          {siblings.map((number) => (
            <span key={number}>
              <a href={`/deliveries/${number}`}>#{number}</a>{" "}
              <a
                href={`/deliveries/${delivery.number}/compare?with=${number}`}
                aria-label={`Compare with #${number}`}
              >
                Compare
              </a>
            </span>
          ))}
          <span className="note">
            Subscribers handle each event once, so a delivery with the same id has no further effect.
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
