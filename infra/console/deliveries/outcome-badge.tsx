import type { SubscriberSummary } from "./delivery-summary.ts";

const styles = {
  acknowledged: { mark: "✓", kind: "good" },
  waiting: { mark: "…", kind: "quiet" },
  retrying: { mark: "↻", kind: "warn" },
  "dead-lettered": { mark: "✕", kind: "bad" },
} as const;

interface OutcomeBadgeProps {
  subscriber: SubscriberSummary;
  maxDeliveryAttempts: number;
}

/** State of an event at a subscriber, in the words of Pub/Sub's documentation. */
export function OutcomeBadge({
  subscriber: { function: name, outcome, pushes },
  maxDeliveryAttempts,
}: OutcomeBadgeProps) {
  const { mark, kind } = styles[outcome];
  const last = pushes.at(-1);
  const words = outcome === "retrying" ? `retrying ${last?.attempt}/${maxDeliveryAttempts}` : outcome;
  return (
    <span className={`outcome ${kind}`} title={last?.error}>
      <span aria-hidden="true">{mark}</span> {name}
      {/* The check mark is enough for those who see it. */}
      <span className={outcome === "acknowledged" ? "unseen" : "words"}> {words}</span>
    </span>
  );
}
