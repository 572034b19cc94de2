/** What the console shows and can change by itself. */
export type Changed = "deliveries" | "slack";

type Listener = (changed: Changed) => void;

/** Tells those who look at the local suite that something they see has changed. */
export class Changes {
  readonly #listeners = new Set<Listener>();

  /** @returns what ends it */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  announce(changed: Changed) {
    for (const listener of this.#listeners) listener(changed);
  }
}
