import { Layout } from "../../../shared/console/layout.tsx";
import { ScrollRegion } from "../../../shared/console/scroll-region.tsx";
import type { Difference } from "./list-differences.ts";

interface ComparePageProps {
  /** Number of the delivery. */
  number: number;
  title: string;
  names: readonly [string, string];
  differences: Difference[];
  note?: string;
}

/** Differences that the page lists, and characters of a value. */
const MAX_LISTED = 500;
const MAX_VALUE = 2000;

/** What differs between two deliveries, or two pushes of an event, by path. */
export function ComparePage({ number, title, names, differences, note }: ComparePageProps) {
  return (
    <Layout title={`Compare ${title}`} section="Deliveries">
      <h1>Compare {title}</h1>
      <p className="count">
        {differences.length === 0
          ? "They are equal."
          : `${differences.length} ${differences.length === 1 ? "difference" : "differences"}`}
        {differences.length > MAX_LISTED && `, the first ${MAX_LISTED} shown`}.{" "}
        <a href={`/deliveries/${number}`}>Back to #{number}</a>
      </p>
      {note !== undefined && <p className="note">{note}</p>}
      {differences.length > 0 && (
        <ScrollRegion label="Differences">
          <table className="data differences">
            <thead>
              <tr>
                <th scope="col">Path</th>
                {names.map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.slice(0, MAX_LISTED).map((difference) => (
                <tr key={`${difference.path} ${difference.kind}`}>
                  <th scope="row">
                    {difference.path || "(all)"} <span className="note">{difference.kind}</span>
                  </th>
                  <Value value={difference.before} className="removed" />
                  <Value value={difference.after} className="added" />
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Layout>
  );
}

function Value({ value, className }: { value: unknown; className: string }) {
  if (value === undefined) return <td className="note">—</td>;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <td className={className}>
      <pre>{text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text}</pre>
    </td>
  );
}
