/**
 * Gives the one session that all connections share to one connection at a time, in the order in which they ask.
 * A connection holds it for as long as its transaction is open, so that transactions follow each other.
 */
export class SessionMutex<Holder extends object> {
  #holder: Holder | undefined;
  #waiting: { holder: Holder; resolve: () => void }[] = [];

  /** Resolves when the session belongs to the holder. */
  async acquire(holder: Holder): Promise<void> {
    if (this.#holder === holder) return;
    if (!this.#holder) {
      this.#holder = holder;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push({ holder, resolve }));
  }

  isHeldBy(holder: Holder): boolean {
    return this.#holder === holder;
  }

  /** Passes the session to the next connection. Does nothing for a connection that does not hold it. */
  release(holder: Holder) {
    if (this.#holder !== holder) return;
    const next = this.#waiting.shift();
    this.#holder = next?.holder;
    next?.resolve();
  }
}
