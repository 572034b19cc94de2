/** Parts of the console that change while a page is open. */
export type ChangeKind = "deliveries" | "slack";

type Listener = (changed: ChangeKind) => void;

/** Notifies open pages of the console of changes. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that unsubscribes */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  publish(changed: ChangeKind) {
    for (const listener of this.#listeners) listener(changed);
  }
}
