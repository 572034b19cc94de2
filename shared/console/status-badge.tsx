/** The HTTP status of the response to a delivery: 4xx is the sender's fault, 5xx the suite's, and the event may be lost. */
export function StatusBadge({ status }: { status: number }) {
  const kind = status < 300 ? "good" : status < 500 ? "warn" : "bad";
  return <span className={`badge ${kind}`}>{status}</span>;
}
