import { ClockTime } from "../../../shared/console/clock-time.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { SourceCell } from "../../../shared/console/source-cell.tsx";
import type { EventFilter, periods } from "./build-query.ts";
import type { EventList, ListedEvent } from "./read-events.ts";

export interface EventsPageProps extends EventList {
  filter: EventFilter;
  sources: string[];
}

const periodNames: Record<keyof typeof periods, string> = {
  "1d": "a day",
  "7d": "a week",
  "30d": "30 days",
  "90d": "90 days",
};

/** Accepted deliveries, newest first: the events in the warehouse. */
export function EventsPage({ events, hasMore, filter, sources }: EventsPageProps) {
  return (
    <Layout title="Deliveries" section="Deliveries">
      <div className="title">
        <h1>Deliveries</h1>
      </div>
      <FilterForm filter={filter} sources={sources} />
      <p className="count">
        {events.length === 0
          ? "No event matches."
          : `${events.length} ${events.length === 1 ? "event" : "events"}${hasMore ? ", and older ones" : ""}`}
      </p>
      {events.length > 0 && (
        <table className="deliveries events">
          <thead>
            <tr>
              <th scope="col">Received</th>
              <th scope="col">Source</th>
              <th scope="col">Event</th>
              <th scope="col">Actor</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <EventRow key={event.event_id} event={event} />
            ))}
          </tbody>
        </table>
      )}
      {hasMore && (
        <nav className="pages" aria-label="Pages">
          <a href={buildOlderUrl(filter, events)}>Older</a>
        </nav>
      )}
    </Layout>
  );
}

function FilterForm({ filter, sources }: Pick<EventsPageProps, "filter" | "sources">) {
  return (
    <search>
      <form className="filter" action="/">
        <label className="grow">
          Event id, sha, pull request or person
          <input
            name="text"
            type="search"
            defaultValue={filter.text}
            placeholder="owner/name#12, a sha, an address, a login"
          />
        </label>
        <label>
          Source
          <select name="source" defaultValue={filter.source ?? ""}>
            <option value="">all</option>
            {sources.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          In the last
          <select name="period" defaultValue={filter.period}>
            {Object.entries(periodNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Search</button>
        <a className="button" href="/">
          Clear
        </a>
      </form>
    </search>
  );
}

function EventRow({
  event: { event_id: id, received_at: at, source, type, subject, actor },
}: {
  event: ListedEvent;
}) {
  return (
    <tr data-event={id}>
      <td className="when">
        <ClockTime at={at} />
      </td>
      <SourceCell source={source} />
      <td className="what">
        <a href={`/deliveries/event/${encodeURIComponent(id)}`}>{type}</a>
        {subject !== null && (
          <span className="subject" title={subject}>
            {subject}
          </span>
        )}
      </td>
      <td className="outcomes">
        {actor !== null && <a href={`/?${new URLSearchParams({ text: actor })}`}>{actor}</a>}
      </td>
    </tr>
  );
}

function buildOlderUrl(filter: EventFilter, events: ListedEvent[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, before: events.at(-1)?.received_at }))
    if (value !== undefined) query.set(name, value);
  return `/?${query}`;
}
