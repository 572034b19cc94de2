import type { DeadLetterGroup } from "../dead-letters/dead-letter.ts";
import type { DeadLetterFilter } from "../dead-letters/dead-letter-queue.ts";
import { ClockTime } from "./clock-time.tsx";
import { Layout } from "./layout.tsx";
import { ScrollRegion } from "./scroll-region.tsx";

interface DeadLettersPageProps {
  groups: DeadLetterGroup[];
  filter: DeadLetterFilter;
  /** Names of all subscriber functions. */
  subscribers: string[];
  /** Whether the page has buttons that replay. */
  mayReplay: boolean;
  /** Of the replay that the person asked for. */
  result?: { count: number; dryRun: boolean };
}

/** Events that subscribers gave up, by cause, with buttons that deliver them again. */
export function DeadLettersPage({ groups, filter, subscribers, mayReplay, result }: DeadLettersPageProps) {
  const count = groups.reduce((sum, { letters }) => sum + letters.length, 0);
  return (
    <Layout title="Dead letters" section="Deliveries">
      <div className="title">
        <h1>Dead letters</h1>
      </div>
      <p className="note about">
        Events that a subscriber gave up after its last attempt. A replay delivers each to that subscriber and
        to no other. The Slack app does not carry out a request that is older than an hour: it tells the
        person to ask again.
      </p>
      {result && (
        <p role="status">
          <strong>
            {formatCount(result.count)} {result.dryRun ? "would be delivered again" : "delivered again"}
          </strong>
        </p>
      )}
      <FilterForm filter={filter} subscribers={subscribers} />
      {count === 0 ? (
        <p className="nothing">
          {isEmpty(filter) ? "There are no dead letters." : "No dead letter matches."}
        </p>
      ) : (
        <>
          <p className="count">{formatCount(count)}</p>
          {mayReplay && (
            <ReplayForm filter={filter} label={isEmpty(filter) ? "all" : "all that the filter selects"} />
          )}
        </>
      )}
      {groups.map((group) => (
        <Group
          key={`${group.subscription} ${group.cause}`}
          group={group}
          type={filter.type}
          mayReplay={mayReplay}
        />
      ))}
    </Layout>
  );
}

function FilterForm({ filter, subscribers }: Pick<DeadLettersPageProps, "filter" | "subscribers">) {
  return (
    <search>
      <form className="filter" action="/dead-letters">
        <label>
          Subscriber
          <select name="subscriber" defaultValue={filter.subscriber ?? ""}>
            <option value="">all</option>
            {subscribers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Type
          <input name="type" defaultValue={filter.type} placeholder="freight.deploy.finished" />
        </label>
        <label className="grow">
          Text in the cause
          <input name="cause" type="search" defaultValue={filter.cause} />
        </label>
        <button type="submit">Filter</button>
        <a className="button" href="/dead-letters">
          Clear
        </a>
      </form>
    </search>
  );
}

interface GroupProps {
  group: DeadLetterGroup;
  type: string | undefined;
  mayReplay: boolean;
}

function Group({ group, type, mayReplay }: GroupProps) {
  const { subscriber, subscription, cause, letters } = group;
  const name = subscriber ?? subscription;
  return (
    <section>
      <h2>
        {name} <span className="badge bad">{letters.length}</span>
      </h2>
      <p>{cause === null ? "The cause is not known." : <code className="error">{cause}</code>}</p>
      {subscriber === null ? (
        <p className="note">The function does not exist any more. These are not replayed.</p>
      ) : (
        cause !== null &&
        mayReplay && <ReplayForm filter={{ subscriber, type, cause }} label={`${name}: ${cause}`} />
      )}
      <ScrollRegion label={`Dead letters of ${name}`}>
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Type</th>
              <th scope="col">Event</th>
              <th scope="col" className="number">
                Attempts
              </th>
            </tr>
          </thead>
          <tbody>
            {letters.map(({ event, type: eventType, attempts, time, messages }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages without an event's id have no other, and the list is rendered once
              <tr key={index}>
                <td>{time === null ? "?" : <ClockTime at={time} isFull />}</td>
                <td>{eventType}</td>
                <td>
                  <a href={`/?text=${encodeURIComponent(event)}`}>{event}</a>
                  {messages > 1 && <span className="note"> published {messages} times</span>}
                </td>
                <td className="number">{attempts}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

function ReplayForm({ filter, label }: { filter: DeadLetterFilter; label: string }) {
  return (
    <form method="post" action="/dead-letters" className="actions">
      {Object.entries(filter).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <button type="submit" name="action" value="replay" aria-label={`Replay ${label}`}>
        Replay
      </button>
      <button
        type="submit"
        name="action"
        value="dry-run"
        className="quiet"
        aria-label={`Dry run of replaying ${label}`}
      >
        Dry run
      </button>
    </form>
  );
}

function isEmpty(filter: DeadLetterFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

function formatCount(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "dead letter" : "dead letters"}`;
}
