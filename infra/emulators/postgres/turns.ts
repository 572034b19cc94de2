/**
 * Whose turn it is with the one session that all connections share. A connection keeps its turn while it is in a transaction, so that
 * transactions follow each other.
 */
export class Turns<Holder extends object> {
  #holder: Holder | undefined;
  #waiting: { holder: Holder; go: () => void }[] = [];

  /** Returns when it is the holder's turn. */
  async take(holder: Holder): Promise<void> {
    if (this.#holder === holder) return;
    if (!this.#holder) {
      this.#holder = holder;
      return;
    }
    await new Promise<void>((go) => this.#waiting.push({ holder, go }));
  }

  has(holder: Holder): boolean {
    return this.#holder === holder;
  }

  /** Lets the next one go on. */
  pass(holder: Holder) {
    if (this.#holder !== holder) return;
    const next = this.#waiting.shift();
    this.#holder = next?.holder;
    next?.go();
  }
}
