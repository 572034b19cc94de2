import type { Timeline, TimelineStep } from "./build-timeline.ts";

/** A waterfall: how long each step took, from the request to its rows and messages. */
export function TimelineChart({ timeline: { steps, totalMs } }: { timeline: Timeline }) {
  return (
    <table className="timeline">
      <thead className="unseen">
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Began after</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may be equal, and are rendered once
          <tr key={index}>
            <th scope="row">{step.href === undefined ? step.name : <a href={step.href}>{step.name}</a>}</th>
            <td>
              <span className={`bar bar-${step.kind}`} style={placeBar(step, totalMs)} aria-hidden="true" />
              <span className="unseen">{formatMs(step.startMs)}</span>
            </td>
            <td className="number">
              {step.durationMs > 0 ? formatMs(step.durationMs) : `at ${formatMs(step.startMs)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function placeBar({ startMs, durationMs }: TimelineStep, totalMs: number): React.CSSProperties {
  const percent = (ms: number) => `${((ms / totalMs) * 100).toFixed(2)}%`;
  return { left: percent(startMs), width: percent(durationMs) };
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
