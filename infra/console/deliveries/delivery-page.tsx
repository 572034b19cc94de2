import type { ReactNode } from "react";
import { DataTable } from "../../../shared/console/data-table.tsx";
import { JsonText } from "../../../shared/console/json-text.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { ScrollRegion } from "../../../shared/console/scroll-region.tsx";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import type { Timeline } from "./build-timeline.ts";
import { CopyMenu } from "./copy-menu.tsx";
import { type Preview, previewJson } from "./decode-body.ts";
import type { DeliverySummary } from "./delivery-summary.ts";
import { Facts } from "./facts.tsx";
import { MAX_ROWS, type WrittenRows } from "./read-written-rows.ts";
import { redactHeaders } from "./redact-headers.ts";
import { LogLines, SubscriberTable } from "./subscriber-table.tsx";
import { TimelineChart } from "./timeline-chart.tsx";

export interface DeliveryPageProps {
  delivery: DeliveryRecord;
  shown: DeliverySummary;
  /** Numbers of the other deliveries of the same event. */
  siblings: number[];
  /** Numbers of the deliveries before and after it. */
  neighbors: { older: number | undefined; newer: number | undefined };
  payload: Preview;
  timeline: Timeline;
  /** The normalized event, undefined before its first push. */
  event: Record<string, unknown> | undefined;
  rows: WrittenRows[];
  /** Why the rows could not be read. */
  rowsError?: string;
  /** The Slack messages that the event posted or changed, in their current state. */
  messages: ReactNode[];
  maxDeliveryAttempts: number;
}

/** A delivery with its event, rows, messages, payload and headers. */
export function DeliveryPage(props: DeliveryPageProps) {
  const { delivery, shown, siblings, event, rows, rowsError, messages, maxDeliveryAttempts } = props;
  const { neighbors, payload, timeline } = props;
  const { number, source } = delivery;
  return (
    <Layout title={`${shown.type ?? source} #${number}`} section="Deliveries">
      <div className="title">
        <h1>
          <span className="note">#{number}</span> {shown.type ?? source}
        </h1>
        <Neighbors {...neighbors} />
        <ReplayForm number={number} />
        <a className="button" href={`/deliveries/${number}/edit`} data-key="e">
          Edit and replay
        </a>
        <CopyMenu number={number} source={source} />
      </div>
      <div id="results" data-live="deliveries slack">
        <Facts delivery={delivery} shown={shown} siblings={siblings} />
        <section>
          <h2>Timeline</h2>
          <TimelineChart timeline={timeline} />
        </section>
        {shown.eventId !== null && (
          <>
            <section>
              <h2>Subscribers</h2>
              <SubscriberTable
                number={number}
                subscribers={shown.subscribers}
                deliveries={[...siblings, number].sort((a, b) => a - b)}
                maxDeliveryAttempts={maxDeliveryAttempts}
              />
            </section>
            <section>
              <h2>Slack</h2>
              {messages.length === 0 ? <p className="note">No message was posted or changed.</p> : messages}
            </section>
            <section>
              <h2>BigQuery</h2>
              {rowsError !== undefined && <p className="error">{rowsError}</p>}
              {rows.length === 0 && rowsError === undefined && <p className="note">No rows yet.</p>}
              {rows.map(({ table, rows: written }) => (
                <div key={table} className="written">
                  <h3>
                    <code>{table}</code>
                  </h3>
                  {written.length >= MAX_ROWS && (
                    <p className="note">
                      The first {MAX_ROWS} rows. <a href={buildQueryUrl(table, shown.eventId)}>Query all</a>
                    </p>
                  )}
                  <DataTable
                    label={`Rows in ${table}`}
                    columns={Object.keys(written[0] ?? {})}
                    rows={written}
                  />
                </div>
              ))}
            </section>
          </>
        )}
      </div>
      {event && <Text title="Normalized event" id="event" preview={previewJson(event)} />}
      <Text title="Payload" id="payload" preview={payload} href={`/deliveries/${number}/payload`} />
      {delivery.log.length > 0 && (
        <section>
          <h2>Log of {source}</h2>
          <LogLines lines={delivery.log} />
        </section>
      )}
      <section>
        <h2>Headers</h2>
        <dl className="headers">
          {redactHeaders(delivery.headers).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value ?? <span className="note">hidden</span>}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Layout>
  );
}

function Neighbors({ older, newer }: DeliveryPageProps["neighbors"]) {
  return (
    <nav className="neighbors" aria-label="Neighbors">
      {newer !== undefined && (
        <a href={`/deliveries/${newer}`} rel="prev" title={`#${newer}, newer (k)`}>
          ↑ Newer
        </a>
      )}
      {older !== undefined && (
        <a href={`/deliveries/${older}`} rel="next" title={`#${older}, older (j)`}>
          ↓ Older
        </a>
      )}
    </nav>
  );
}

/** The same id tests that nothing happens twice; a new one makes everything happen again. */
function ReplayForm({ number }: { number: number }) {
  return (
    <form method="post" action={`/deliveries/${number}/replay`} className="replay">
      <button type="submit" data-key="r" title="Subscribers that have handled the event do nothing">
        Redeliver, same id
      </button>
      <button type="submit" name="as" value="new" className="primary" title="A new event for subscribers">
        Send as new
      </button>
    </form>
  );
}

function buildQueryUrl(table: string, eventId: string | null): string {
  const sql = `SELECT *\nFROM ${table}\nWHERE event_id = ${JSON.stringify(eventId)}`;
  return `/query?${new URLSearchParams({ sql })}`;
}

interface TextProps {
  title: string;
  id: string;
  preview: Preview;
  /** Path of the whole text. */
  href?: string;
}

/** A text; assets/json-view.js makes JSON foldable and searchable. */
function Text({ title, id, preview, href }: TextProps) {
  const isCut = "isCut" in preview && preview.isCut;
  return (
    <details open className="text">
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="tools" data-json-tools={id}>
        <button type="button" className="quiet copy" data-copy={id}>
          Copy
          <span className="unseen"> {title.toLowerCase()}</span>
        </button>
      </div>
      <ScrollRegion label={title}>
        <pre id={id} data-json={isCut ? href : ""}>
          {"json" in preview ? <JsonText value={preview.json} /> : preview.text}
        </pre>
      </ScrollRegion>
      {isCut && (
        <p className="note">
          This is the beginning. {href !== undefined && <a href={href}>Download all of it</a>}
        </p>
      )}
    </details>
  );
}
