/** What the console shows and can change by itself. */
export type ChangeKind = "deliveries" | "slack";

type Listener = (changed: ChangeKind) => void;

/** Tells those who look at the local suite that something they see has changed. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();

  /** @returns what ends it */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  publish(changed: ChangeKind) {
    for (const listener of this.#listeners) listener(changed);
  }
}
