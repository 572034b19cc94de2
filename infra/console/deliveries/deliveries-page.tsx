import { Layout } from "../layout.tsx";
import { DeliveryRow } from "./delivery-row.tsx";
import type { DeliverySummary } from "./delivery-summary.ts";
import { EmptyState } from "./empty-state.tsx";
import { type DeliveryFilter, filterDeliveries, periods, responses } from "./filter-deliveries.ts";

/** Deliveries per page. */
const PAGE_SIZE = 100;

export interface DeliveriesPageProps {
  deliveries: DeliverySummary[];
  filter: DeliveryFilter;
  sources: string[];
  maxDeliveryAttempts: number;
  /** Events in progress, `<id> at <subscription>`. */
  unfinished: string[];
  url: string;
}

/** Every delivery, newest first. */
export function DeliveriesPage(props: DeliveriesPageProps) {
  const { deliveries, filter, sources, unfinished, url } = props;
  return (
    <Layout title="Deliveries" section="Deliveries">
      <div className="title">
        <h1>Deliveries</h1>
        <div className="live" id="live-state" data-live="deliveries">
          <span className={unfinished.length === 0 ? "badge quiet" : "badge warn"}>
            {unfinished.length === 0 ? "idle" : `${unfinished.length} in progress`}
          </span>
        </div>
        <button type="button" className="quiet" data-pause aria-pressed="false">
          Pause
        </button>
        <a href="/dead-letters">Dead letters</a>
      </div>
      <FilterForm deliveries={deliveries} filter={filter} sources={sources} />
      <div id="deliveries" data-live="deliveries">
        {deliveries.length === 0 ? <EmptyState url={url} /> : <DeliveryList {...props} />}
      </div>
    </Layout>
  );
}

function FilterForm({
  deliveries,
  filter,
  sources,
}: Pick<DeliveriesPageProps, "deliveries" | "filter" | "sources">) {
  const types = [...new Set(deliveries.flatMap(({ type }) => type ?? []))].sort();
  return (
    <search>
      <form className="filter" action="/" data-filter>
        <label>
          Source
          <select name="source" defaultValue={filter.source ?? ""}>
            <option value="">all</option>
            {sources.map((source) => (
              <option key={source}>{source}</option>
            ))}
          </select>
        </label>
        <label>
          Type
          <input
            name="type"
            defaultValue={filter.type}
            list="types"
            placeholder="check_run"
            autoComplete="off"
          />
        </label>
        <datalist id="types">
          {types.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <Choice name="response" label="Response" options={responses} chosen={filter.response} />
        <Choice
          name="outcome"
          label="Outcome"
          options={["waiting", "retrying", "dead-lettered", "acknowledged"]}
          chosen={filter.outcome}
        />
        <Choice name="since" label="Received within" options={Object.keys(periods)} chosen={filter.since} />
        <label className="grow">
          Text
          <input
            name="text"
            type="search"
            defaultValue={filter.text}
            placeholder='subject, event id, error; status:401, payload:"empty recording"'
            title="All words must match. status:401, subscriber:metrics and payload:words search one field."
          />
        </label>
        <button type="submit">Filter</button>
        <a className="button" href="/">
          Clear
        </a>
      </form>
    </search>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly string[];
  chosen: string | undefined;
}

function Choice({ name, label, options, chosen = "" }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={chosen}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
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

function DeliveryList({ deliveries, filter, maxDeliveryAttempts }: DeliveriesPageProps) {
  const found = filterDeliveries(deliveries, filter);
  const shown = found.slice(0, PAGE_SIZE);
  const oldest = shown.at(-1);
  return (
    <>
      <p className="count" data-announce>
        {formatCount(found.length, deliveries.length)}
        {found.length > shown.length && shown.length > 0 && `, ${shown.length} shown`}
      </p>
      {shown.length > 0 && (
        <table className="deliveries">
          <thead>
            <tr>
              <th scope="col">Time (UTC)</th>
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
      )}
      {shown.length === 0 && <NothingFound filter={filter} />}
      <nav className="pages" aria-label="Pages">
        {filter.before !== undefined && <a href={buildListUrl(filter)}>Newest</a>}
        {oldest && found.length > PAGE_SIZE && <a href={buildListUrl(filter, oldest.number)}>Older</a>}
      </nav>
    </>
  );
}

function formatCount(found: number, all: number): string {
  const deliveries = `${all.toLocaleString("en")} ${all === 1 ? "delivery" : "deliveries"}`;
  return found === all ? deliveries : `${found.toLocaleString("en")} of ${deliveries}`;
}

function buildListUrl(filter: DeliveryFilter, before?: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, before }))
    if (value !== undefined) query.set(name, String(value));
  return `/?${query}`;
}
