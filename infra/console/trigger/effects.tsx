import { StatusBadge } from "../../../shared/console/status-badge.tsx";
import type { EventEffects } from "../deliveries/read-effects.ts";
import { MAX_ROWS } from "../deliveries/read-written-rows.ts";

interface EffectsProps {
  /** Number of the delivery. */
  number: number;
  status: number;
  response: string;
  /** undefined if no event was published. */
  effects: EventEffects | undefined;
}

/** What a sent delivery caused so far, with links. */
export function Effects({ number, status, response, effects }: EffectsProps) {
  return (
    <dl className="facts">
      <Row name="Delivery">
        <a href={`/deliveries/${number}`}>#{number}</a> <StatusBadge status={status} />
        {!effects && <code>{response}</code>}
      </Row>
      {effects && (
        <>
          <Row name="Subscribers">
            {effects.subscribers.length === 0 && <span className="note">none so far</span>}
            {effects.subscribers.map(({ function: name, outcome, attempts, error }) => (
              <span
                key={name}
                className={`effect ${outcome === "acknowledged" ? "" : "error"}`}
                title={error}
              >
                {name} {outcome}
                {attempts > 1 && `, attempt ${attempts}`}
              </span>
            ))}
          </Row>
          <Row name="Rows">
            {effects.rowsError !== undefined && <span className="error">{effects.rowsError}</span>}
            {effects.rows.length === 0 && effects.rowsError === undefined && (
              <span className="note">none so far</span>
            )}
            {effects.rows.map(({ table, count }) => (
              <a key={table} className="effect" href={queryUrl(table, effects.eventId)}>
                {table}: {count >= MAX_ROWS ? `${MAX_ROWS} or more` : count}
              </a>
            ))}
          </Row>
          <Row name="Slack">
            {effects.messages.length === 0 && <span className="note">no message so far</span>}
            {effects.messages.map(({ channel, text, path }) => (
              <a key={path} className="effect" href={path}>
                {channel}: {text.split("\n")[0]}
              </a>
            ))}
          </Row>
        </>
      )}
    </dl>
  );
}

function queryUrl(table: string, eventId: string): string {
  const sql = `SELECT *\nFROM ${table}\nWHERE event_id = ${JSON.stringify(eventId)}`;
  return `/query?${new URLSearchParams({ sql })}`;
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
