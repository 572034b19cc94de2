/** What a stand-in has in common: it can be stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

/** A stand-in that can be taken away and brought back at the same address, as an outage does. */
export class Restartable<T extends Stoppable> {
  readonly #start: () => Promise<T>;
  #current: T | undefined;

  private constructor(start: () => Promise<T>, current: T) {
    this.#start = start;
    this.#current = current;
  }

  /** @param start called with the port of the first start at every later one; 0 lets the system choose */
  static async start<T extends Stoppable>(
    port: number,
    start: (port: number) => Promise<T>,
    portOf: (service: T) => number,
  ) {
    const first = await startAtFreePort(port, start);
    const chosen = portOf(first);
    return new Restartable(() => start(chosen), first);
  }

  /** @throws {Error} while it is stopped */
  get current(): T {
    if (!this.#current) throw new Error("This service is stopped");
    return this.#current;
  }

  async stop() {
    const current = this.#current;
    this.#current = undefined;
    await current?.stop();
  }

  async start() {
    this.#current ??= await this.#start();
  }
}

/** The wished port may be somebody else's; only the suite's own address has to be the one asked for. */
async function startAtFreePort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (port === 0 || !/EADDRINUSE|address already in use/i.test(String(error))) throw error;
    return start(0);
  }
}
