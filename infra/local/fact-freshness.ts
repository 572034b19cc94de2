import type { Schedules } from "./schedules.ts";

const FUNCTION = "refresh-facts";
/** After a failed refresh, and between checks of the clock. */
const PAUSE_MS = 1000;
/** Pause of the clock after a refresh, in times that it took. */
const CLOCK_PAUSES = 9;

/** Refreshes the facts of the local warehouse when deliveries have settled, so that nobody waits for the schedule. */
export class FactFreshness {
  readonly #schedules: Pick<Schedules, "run">;
  readonly #isSettled: () => boolean;
  // Rows of an earlier process may not be in the facts.
  #isStale = true;
  #notBefore = 0;
  /** The clock leaves most of the time to deliveries, however long a refresh takes. */
  #clockNotBefore = 0;
  #refreshing: Promise<void> | undefined;
  #clock: NodeJS.Timeout | undefined;

  /** @param isSettled whether no delivery is in flight or waits for a retry */
  constructor(schedules: Pick<Schedules, "run">, isSettled: () => boolean) {
    this.#schedules = schedules;
    this.#isSettled = isSettled;
  }

  /** Rows may have been written. */
  markStale() {
    this.#isStale = true;
  }

  /** A scheduled function ran, which may have written rows. */
  ran(name: string) {
    if (name !== FUNCTION) this.markStale();
  }

  /** Whether everything is in the facts. If not, begins a refresh once deliveries have settled. */
  check(): boolean {
    if (!this.#isStale && !this.#refreshing) return true;
    if (!this.#refreshing && this.#isSettled() && Date.now() >= this.#notBefore)
      this.#refreshing = this.#refresh().finally(() => {
        this.#refreshing = undefined;
      });
    return false;
  }

  /** Checks every second, and less often if refreshes take long. */
  start() {
    const checkInTime = () => Date.now() >= this.#clockNotBefore && this.check();
    this.#clock = setInterval(checkInTime, PAUSE_MS).unref();
  }

  /** Waits for a refresh in progress. */
  async stop() {
    clearInterval(this.#clock);
    await this.#refreshing;
  }

  async #refresh() {
    // Rows that are written meanwhile may come too late for this refresh.
    this.#isStale = false;
    const began = Date.now();
    const run = await this.#schedules.run(FUNCTION);
    this.#clockNotBefore = Date.now() + CLOCK_PAUSES * (Date.now() - began);
    if (run?.status === 200 && (run.response as { complete?: boolean }).complete) return;
    this.#isStale = true;
    this.#notBefore = Date.now() + PAUSE_MS;
  }
}
