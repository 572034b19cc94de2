import type { DeliveryRecord } from "../../local/gateway/delivery-log.ts";
import { ClockTime } from "../clock-time.tsx";
import type { DeliverySummary } from "./delivery-summary.ts";
import { StatusBadge } from "./status-badge.tsx";

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
        <StatusBadge status={status} /> <code>{response || "(empty)"}</code>
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
        , {Buffer.byteLength(body, "base64").toLocaleString("en")} bytes
      </Fact>
      {shown.eventId !== null && (
        <Fact name="Event">
          <code>{shown.eventId}</code>
        </Fact>
      )}
      {shown.replayOf !== null && (
        <Fact name="Replay of">
          <a href={`/deliveries/${shown.replayOf}`}>#{shown.replayOf}</a>
        </Fact>
      )}
      {siblings.length > 0 && (
        <Fact name="Same event">
          {siblings.map((number) => (
            <a key={number} href={`/deliveries/${number}`}>
              #{number}
            </a>
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
