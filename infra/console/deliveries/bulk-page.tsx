import { ClockTime } from "../../../shared/console/clock-time.tsx";
import { Layout } from "../../../shared/console/layout.tsx";
import { StatusBadge } from "../../../shared/console/status-badge.tsx";
import type { BulkReplay } from "./bulk-replays.ts";
import { MAX_PER_SECOND } from "./bulk-replays.ts";
import type { BulkChoice } from "./read-bulk-choice.ts";

/** Deliveries that the pages list. */
const MAX_LISTED = 100;

/** The dry run of a replay of many deliveries: what would be sent, how, and for how long. Nothing is sent yet. */
export function BulkPage({ choice }: { choice: BulkChoice }) {
  const { deliveries, fields, asNew, perSecond } = choice;
  const count = describeCount(deliveries.length);
  return (
    <Layout title="Replay" section="Deliveries">
      <h1>Replay {count}</h1>
      {deliveries.length === 0 ? (
        <p>
          Nothing is selected. Select deliveries in <a href="/">the list</a>.
        </p>
      ) : (
        <>
          <p className="note about">
            Nothing has been sent yet. The suite will send these in the order in which they arrived, each with
            a fresh signature: {formatDuration(deliveries.length / perSecond)} at {perSecond} per second.
          </p>
          <form method="post" action="/deliveries/replay" className="filter" data-dry-run>
            {fields.map(([name, value]) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
            <label>
              Event id
              <select name="as" defaultValue={asNew ? "new" : "same"}>
                <option value="same">same: nothing happens twice</option>
                <option value="new">new: everything happens again</option>
              </select>
            </label>
            <label>
              Per second
              <input
                name="rate"
                type="number"
                min="0.1"
                max={MAX_PER_SECOND}
                step="any"
                defaultValue={perSecond}
                required
              />
            </label>
            <button type="submit" formMethod="get">
              Dry run
            </button>
            <button type="submit" className="primary">
              Replay {count}
            </button>
          </form>
          <ul className="bulk">
            {deliveries.slice(0, MAX_LISTED).map(({ number, at, type, source, subject, status }) => (
              <li key={number}>
                <a href={`/deliveries/${number}`}>#{number}</a> <StatusBadge status={status} />{" "}
                {type ?? source}{" "}
                <span className="note">
                  {subject} <ClockTime at={at} />
                </span>
              </li>
            ))}
          </ul>
          {deliveries.length > MAX_LISTED && (
            <p className="note">and {describeCount(deliveries.length - MAX_LISTED)} more</p>
          )}
        </>
      )}
    </Layout>
  );
}

/** A replay that runs or has ended. */
export function BulkProgressPage({ replay }: { replay: BulkReplay }) {
  const { id, numbers, responses, state, asNew } = replay;
  const refused = [...responses].filter(([, status]) => status === 0 || status >= 300);
  return (
    <Layout title="Replay" section="Deliveries">
      <h1>Replay</h1>
      <div id="bulk-progress" data-live="deliveries">
        <p role="status">
          {responses.size} of {describeCount(numbers.length)} sent,{" "}
          {asNew ? "as new events" : "with the same ids"}
          {state === "running" ? "." : state === "stopped" ? ", then stopped." : ": finished."}{" "}
          {refused.length > 0 && `${refused.length} not accepted.`}
        </p>
        <progress max={numbers.length} value={responses.size} aria-label="Sent" />
        {state === "running" && (
          <form method="post" action={`/deliveries/replays/${id}/stop`}>
            <button type="submit">Stop</button>
          </form>
        )}
        {refused.length > 0 && (
          <ul className="bulk">
            {refused.slice(0, MAX_LISTED).map(([number, status]) => (
              <li key={number}>
                <a href={`/deliveries/${number}`}>#{number}</a>{" "}
                {status === 0 ? "no response" : <StatusBadge status={status} />}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p>
        <a href="/">All deliveries</a>
      </p>
    </Layout>
  );
}

function describeCount(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "delivery" : "deliveries"}`;
}

function formatDuration(seconds: number): string {
  if (seconds < 1) return "less than a second";
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
