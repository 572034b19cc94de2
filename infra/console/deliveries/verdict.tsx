/** What a sender was answered. */
export function Verdict({ status }: { status: number }) {
  const kind = status < 300 ? "good" : status < 500 ? "bad" : "warn";
  return <span className={`badge ${kind}`}>{status}</span>;
}
