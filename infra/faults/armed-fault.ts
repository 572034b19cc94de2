import { isMetOnce, type Part, type Round, type Step } from "./schedule.ts";

/** The fault of the current round. Each function meets it once, at its nth request of the step, unless one function is enough. */
export class ArmedFault {
  #round: Round | undefined;
  readonly #requests = new Map<string, number>();
  #hits = 0;

  arm(round: Round) {
    this.#round = round;
    this.#requests.clear();
    this.#hits = 0;
  }

  disarm() {
    this.#round = undefined;
  }

  /** Requests that met the fault since `arm`. */
  get hits(): number {
    return this.#hits;
  }

  /**
   * Counts a request.
   *
   * @param name of the function that sends it; for a delivery or a push, of the one that receives it
   * @returns the round whose fault the request meets
   */
  meet(part: Part, step: Step | undefined, name: string): Round | undefined {
    const round = this.#round;
    if (round?.part !== part || round.step !== step) return undefined;
    const earlier = this.#requests.get(name) ?? 0;
    this.#requests.set(name, earlier + 1);
    if (earlier !== round.nth || (this.#hits > 0 && isMetOnce(round))) return undefined;
    this.#hits++;
    return round;
  }
}
