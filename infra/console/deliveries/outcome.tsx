import type { ShownSubscriber } from "./shown-delivery.ts";

const looks = {
  acknowledged: { mark: "✓", kind: "good" },
  waiting: { mark: "…", kind: "quiet" },
  retrying: { mark: "↻", kind: "warn" },
  "dead-lettered": { mark: "✕", kind: "bad" },
} as const;

interface OutcomeProps {
  subscriber: ShownSubscriber;
  maxDeliveryAttempts: number;
}

/** What a subscriber did with an event: in the words that Pub/Sub's documentation has for it. */
export function Outcome({
  subscriber: { function: name, outcome, pushes },
  maxDeliveryAttempts,
}: OutcomeProps) {
  const { mark, kind } = looks[outcome];
  const last = pushes.at(-1);
  const words = outcome === "retrying" ? `retrying ${last?.attempt}/${maxDeliveryAttempts}` : outcome;
  return (
    <span className={`outcome ${kind}`} title={last?.error}>
      <span aria-hidden="true">{mark}</span> {name}
      {/* What went well needs no words to those who see the mark. */}
      <span className={outcome === "acknowledged" ? "unseen" : "words"}> {words}</span>
    </span>
  );
}
