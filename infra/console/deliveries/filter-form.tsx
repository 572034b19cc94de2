import { type DeliveryFilter, outcomes, periods, responses } from "./filter-deliveries.ts";
import { searchFields } from "./parse-search.ts";

/** Values that fields offer. */
export interface Suggestions {
  types: string[];
  repositories: string[];
  actors: string[];
}

interface FilterFormProps {
  filter: DeliveryFilter;
  sources: string[];
  suggestions: Suggestions;
}

/** The filter of the list. Its fields are in the address, so that a view is a link. */
export function FilterForm({ filter, sources, suggestions }: FilterFormProps) {
  const { repository, actor, from, to } = filter;
  const hasMore = [repository, actor, from, to].some((value) => value !== undefined);
  return (
    <search>
      <form className="filter" action="/" data-filter>
        <Choice name="source" label="Source" options={sources} chosen={filter.source} />
        <Suggested
          name="type"
          label="Type"
          value={filter.type}
          options={suggestions.types}
          example="check_run"
        />
        <Choice name="response" label="Response" options={responses} chosen={filter.response} />
        <Choice name="outcome" label="Outcome" options={outcomes} chosen={filter.outcome} />
        <Choice name="since" label="Received within" options={Object.keys(periods)} chosen={filter.since} />
        <label className="grow">
          Text
          <input
            name="text"
            type="search"
            defaultValue={filter.text}
            placeholder='subject, event id, error; status:401, payload:"empty recording"'
            data-search
          />
        </label>
        <button type="submit">Filter</button>
        <a className="button" href="/">
          Clear
        </a>
        <details className="more" open={hasMore}>
          <summary>Repository, actor, time</summary>
          <div className="filter">
            <Suggested
              name="repository"
              label="Repository"
              value={repository}
              options={suggestions.repositories}
              example="getsentry/sentry"
            />
            <Suggested
              name="actor"
              label="Actor"
              value={actor}
              options={suggestions.actors}
              example="mira-okafor"
            />
            <Minute name="from" label="Received from (UTC)" value={from} />
            <Minute name="to" label="Before (UTC)" value={to} />
          </div>
        </details>
        <details className="more">
          <summary>Search syntax</summary>
          <p className="note">
            All words must match; “quotes” keep words together, <code>-</code> excludes. A field searches one
            thing:
          </p>
          <dl className="syntax">
            {Object.entries(searchFields).map(([name, explanation]) => (
              <div key={name}>
                <dt>
                  <code>{name}:</code>
                </dt>
                <dd>{explanation}</dd>
              </div>
            ))}
          </dl>
        </details>
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

interface SuggestedProps {
  name: string;
  label: string;
  value: string | undefined;
  options: string[];
  example: string;
}

function Suggested({ name, label, value, options, example }: SuggestedProps) {
  return (
    <label>
      {label}
      <input
        name={name}
        defaultValue={value}
        list={`${name}-values`}
        placeholder={example}
        autoComplete="off"
      />
      <datalist id={`${name}-values`}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </label>
  );
}

function Minute({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label>
      {label}
      <input name={name} type="datetime-local" defaultValue={value} />
    </label>
  );
}
