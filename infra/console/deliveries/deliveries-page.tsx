import { Layout } from "../../../shared/console/layout.tsx";
import type { QuickFilter } from "./count-outcomes.ts";
import { DeliveryRow } from "./delivery-row.tsx";
import { EmptyState } from "./empty-state.tsx";
import type { DeliveryFilter } from "./filter-deliveries.ts";
import { FilterForm, type Suggestions } from "./filter-form.tsx";
import type { FoundDeliveries } from "./find-deliveries.ts";

/** Deliveries per page. */
const PAGE_SIZE = 100;

export interface DeliveriesPageProps extends FoundDeliveries {
  filter: DeliveryFilter;
  quickFilters: QuickFilter[];
  suggestions: Suggestions;
  sources: string[];
  maxDeliveryAttempts: number;
  /** Events in progress, `<id> at <subscription>`. */
  unfinished: string[];
  url: string;
}

/** Every delivery, newest first. */
export function DeliveriesPage(props: DeliveriesPageProps) {
  const { total, filter, sources, suggestions, unfinished, url } = props;
  return (
    <Layout title="Deliveries" section="Deliveries">
      <div className="title">
        <h1>Deliveries</h1>
        <div className="live" id="live-state" data-live="deliveries">
          <span className={unfinished.length === 0 ? "badge quiet" : "badge warn"}>
            {unfinished.length === 0 ? "idle" : `${unfinished.length} in progress`}
          </span>
        </div>
        <button type="button" className="quiet scripted-only" data-pause>
          Pause
        </button>
        <a href="/dead-letters">Dead letters</a>
      </div>
      <FilterForm filter={filter} sources={sources} suggestions={suggestions} />
      <div id="deliveries" data-live="deliveries">
        {total === 0 ? <EmptyState url={url} /> : <DeliveryList {...props} />}
      </div>
    </Layout>
  );
}

function QuickFilters({ quickFilters }: { quickFilters: QuickFilter[] }) {
  return (
    <nav className="quick" aria-label="Quick filters">
      {quickFilters.map(({ name, query, count }) => (
        <a key={name} href={`/?${new URLSearchParams(query)}`}>
          {name} <span className="number">{count.toLocaleString("en")}</span>
        </a>
      ))}
    </nav>
  );
}

/** Searches the payloads where nothing that the list shows matches. */
function NothingFound({ filter }: { filter: DeliveryFilter }) {
  const { text } = filter;
  const inPayloads =
    text !== undefined && !text.includes(":") ? `payload:"${text.replaceAll('"', "")}"` : undefined;
  return (
    <p className="nothing">
      No delivery matches. <a href="/">Clear the filters</a>
      {inPayloads && (
        <>
          {" or "}
          <a href={buildListUrl({ ...filter, text: inPayloads })}>search the payloads for “{text}”</a>
        </>
      )}
      .
    </p>
  );
}

function DeliveryList(props: DeliveriesPageProps) {
  const { found, total, newer = 0, searchedTo, filter, quickFilters, maxDeliveryAttempts } = props;
  const shown = found.slice(0, PAGE_SIZE);
  const oldest = shown.at(-1);
  const olderThan = found.length > PAGE_SIZE ? oldest?.number : searchedTo;
  return (
    <>
      <QuickFilters quickFilters={quickFilters} />
      <p className="count" data-announce>
        {formatCount(newer + found.length, total)}
        {newer + found.length > shown.length &&
          shown.length > 0 &&
          `, ${formatRange(newer, shown.length)} shown`}
        {searchedTo !== undefined && `, payloads searched down to #${searchedTo}`}
      </p>
      {shown.length > 0 && (
        <>
          <table className="deliveries">
            <thead>
              <tr>
                <th scope="col" className="pick">
                  <span className="unseen">Select</span>
                  <input type="checkbox" id="pick-all" data-pick-all aria-label="Select all shown" />
                </th>
                <th scope="col">Time</th>
                <th scope="col">Source</th>
                <th scope="col">Event</th>
                <th scope="col">Response</th>
                <th scope="col">Subscribers</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((delivery) => (
                <DeliveryRow
                  key={delivery.number}
                  delivery={delivery}
                  maxDeliveryAttempts={maxDeliveryAttempts}
                />
              ))}
            </tbody>
          </table>
          <BulkForm filter={filter} count={newer + found.length} isComplete={searchedTo === undefined} />
        </>
      )}
      {shown.length === 0 && searchedTo === undefined && <NothingFound filter={filter} />}
      <nav className="pages" aria-label="Pages">
        {filter.before !== undefined && <a href={buildListUrl(filter)}>Newest</a>}
        {olderThan !== undefined && (
          <a href={buildListUrl(filter, olderThan)}>
            {searchedTo === undefined ? "Older" : "Search older payloads"}
          </a>
        )}
      </nav>
    </>
  );
}

interface BulkFormProps {
  filter: DeliveryFilter;
  /** Deliveries that the filter finds. */
  count: number;
  /** Whether the filter found all there are. */
  isComplete: boolean;
}

/** Replays the selected deliveries, or all that were found. The next page is a dry run. */
function BulkForm({ filter, count, isComplete }: BulkFormProps) {
  const { before: _, ...fields } = filter;
  return (
    <form id="bulk" action="/deliveries/replay" className="actions bulk-form">
      {Object.entries(fields).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <button type="submit" name="which" value="selected">
        Replay the selected …
      </button>
      {isComplete && (
        <button type="submit" name="which" value="found">
          Replay all {count.toLocaleString("en")} found …
        </button>
      )}
      <span className="note">A dry run comes first.</span>
    </form>
  );
}

function formatCount(found: number, all: number): string {
  const deliveries = `${all.toLocaleString("en")} ${all === 1 ? "delivery" : "deliveries"}`;
  return found === all ? deliveries : `${found.toLocaleString("en")} of ${deliveries}`;
}

/** @param newer rows before those shown */
function formatRange(newer: number, shown: number): string {
  const [first, last] = [newer + 1, newer + shown].map((position) => position.toLocaleString("en"));
  return `${first}–${last}`;
}

function buildListUrl(filter: DeliveryFilter, before?: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, before }))
    if (value !== undefined) query.set(name, String(value));
  return `/?${query}`;
}
