import type { ReactNode } from "react";
import { ClockTime } from "../../../shared/console/clock-time.tsx";
import { JsonText } from "../../../shared/console/json-text.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { ScrollRegion } from "../../../shared/console/scroll-region.tsx";
import type { EventLine } from "../log/read-event-log.ts";
import type { Outcome } from "./explain-outcomes.ts";
import type { FoundEvent } from "./read-events.ts";

export interface EventPageProps {
  event: FoundEvent;
  outcomes: Outcome[];
  /** Why nobody was told, a sentence; null if somebody was. */
  silence: string | null;
  /** What functions logged about it, oldest first; null if Cloud Logging does not respond. */
  lines: EventLine[] | null;
}

/** Characters of a JSON that the page shows: a payload has up to 25 MB. */
const MAX_JSON = 200_000;

/** An event, and its outcome at each subscriber. */
export function EventPage({ event, outcomes, silence, lines }: EventPageProps) {
  const { id, type, source, receivedAt, fields, payload } = event;
  const { subject, time, actor } = event.event ?? {};
  return (
    <Layout title={type} section="Deliveries">
      <div className="title">
        <h1>{type}</h1>
      </div>
      {silence !== null && <p role="status">{silence}</p>}
      <dl className="facts">
        {subject !== undefined && <Fact name="Subject">{subject}</Fact>}
        <Fact name="Received">
          <ClockTime at={receivedAt} isFull />
        </Fact>
        {time !== undefined && (
          <Fact name="Happened">
            <ClockTime at={time} isFull />
          </Fact>
        )}
        <Fact name="Source">{source}</Fact>
        {actor && (
          <Fact name="Actor">
            <a href={`/?${new URLSearchParams({ text: actor.name })}`}>{actor.name}</a>
          </Fact>
        )}
        <Fact name="Event">
          <code>{id}</code>
        </Fact>
      </dl>
      <section>
        <h2>Subscribers</h2>
        <ScrollRegion label="Subscribers">
          <table className="data wrapped">
            <thead>
              <tr>
                <th scope="col">Function</th>
                <th scope="col">Outcome</th>
                <th scope="col">Because</th>
              </tr>
            </thead>
            <tbody>
              {outcomes.map(({ subscriber, outcome, text }) => (
                <tr key={subscriber} data-subscriber={subscriber}>
                  <td>{subscriber}</td>
                  <td>
                    <span className={`badge ${kinds[outcome]}`}>{outcome}</span>
                  </td>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </section>
      <Log lines={lines} />
      <Json title="Normalized event" value={fields} />
      {payload === null ? (
        <p className="note">
          The payload is not kept: it was too large, or is older than the days that payloads are kept.
        </p>
      ) : (
        <Json title="Payload" value={payload} />
      )}
    </Layout>
  );
}

const kinds: Record<Outcome["outcome"], string> = {
  acted: "good",
  nothing: "quiet",
  trying: "warn",
  "gave up": "bad",
  unknown: "quiet",
};

function Log({ lines }: { lines: EventLine[] | null }) {
  return (
    <section>
      <h2>Log</h2>
      {lines === null ? (
        <p className="note">Cloud Logging does not respond: what the functions logged is missing.</p>
      ) : lines.length === 0 ? (
        <p className="note">No function logged anything about it in the last 30 days.</p>
      ) : (
        <ScrollRegion label="Log">
          <table className="data wrapped">
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Severity</th>
                <th scope="col">Function</th>
                <th scope="col">Message</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ at, severity, name, message, reason, fields }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and the list is rendered once
                <tr key={index}>
                  <td>
                    <ClockTime at={at} />
                  </td>
                  <td>
                    <span className={`badge ${severities[severity] ?? "quiet"}`}>{severity}</span>
                  </td>
                  <td>{name}</td>
                  <td>
                    {message}
                    {reason !== null && !message.includes(reason) && (
                      <>
                        : <code className={severity === "ERROR" ? "error" : undefined}>{reason}</code>
                      </>
                    )}
                    {Object.keys(fields).length > 0 && (
                      <pre>
                        <JsonText value={fields} />
                      </pre>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}

const severities: Record<string, string> = { WARNING: "warn", ERROR: "bad", CRITICAL: "bad" };

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <details open={text.length <= MAX_JSON} className="text">
      <summary>
        <h2>{title}</h2>
      </summary>
      <ScrollRegion label={title}>
        <pre>{text.length <= MAX_JSON ? <JsonText value={value} /> : `${text.slice(0, MAX_JSON)}…`}</pre>
      </ScrollRegion>
    </details>
  );
}
