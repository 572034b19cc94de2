/** Every running emulator can be stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

/** An emulator that can stop and start again at the same address, to simulate an outage. */
export class Restartable<T extends Stoppable> {
  readonly #start: () => Promise<T>;
  #current: T | undefined;

  private constructor(start: () => Promise<T>, current: T) {
    this.#start = start;
    this.#current = current;
  }

  /**
   * @param port 0 lets the system choose; another one is used if this one is taken
   * @param start called for the first start, and for every later one with the port of the first
   */
  static async start<T extends Stoppable>(
    port: number,
    start: (port: number) => Promise<T>,
    getPort: (service: T) => number,
  ) {
    const first = await startAtFreePort(port, start);
    const chosen = getPort(first);
    return new Restartable(() => start(chosen), first);
  }

  /** @throws {Error} while it is stopped */
  get current(): T {
    if (!this.#current) throw new Error("This emulator is stopped");
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

/** Falls back to any free port. Only the suite's own address must be the requested one. */
async function startAtFreePort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (port === 0 || !/EADDRINUSE|address already in use/i.test(String(error))) throw error;
    return start(0);
  }
}
