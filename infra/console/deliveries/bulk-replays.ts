import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** How to replay deliveries. */
export interface ReplayPlan {
  /** Of deliveries, in the order in which they are sent. */
  numbers: number[];
  /** Whether each becomes a new event. */
  asNew: boolean;
  /** Deliveries per second. */
  perSecond: number;
}

/** A replay of many deliveries, running or finished. */
export interface BulkReplay extends ReplayPlan {
  id: string;
  /** Status of the response by number; 0 if there was none. */
  responses: Map<number, number>;
  state: "running" | "finished" | "stopped";
}

/** Replays that the page lists; the oldest are dropped. */
const MAX_REPLAYS = 20;
export const MAX_PER_SECOND = 100;

/** Runs replays of many deliveries at a limited rate. */
export class BulkReplays {
  readonly #replays = new Map<string, BulkReplay>();
  readonly #send: (number: number, asNew: boolean) => Promise<number>;

  /** @param send replays one delivery @returns the status of the response */
  constructor(send: (number: number, asNew: boolean) => Promise<number>) {
    this.#send = send;
  }

  find(id: string): BulkReplay | undefined {
    return this.#replays.get(id);
  }

  /** Starts a replay, which goes on after the request. */
  start(plan: ReplayPlan): BulkReplay {
    const replay: BulkReplay = { ...plan, id: randomUUID(), responses: new Map(), state: "running" };
    this.#replays.set(replay.id, replay);
    for (const [id] of [...this.#replays].slice(0, -MAX_REPLAYS)) this.#replays.delete(id);
    void this.#run(replay);
    return replay;
  }

  /** Sends no further delivery. */
  stop(id: string) {
    const replay = this.#replays.get(id);
    if (replay?.state === "running") replay.state = "stopped";
  }

  async #run(replay: BulkReplay) {
    const { numbers, asNew, perSecond } = replay;
    const begin = performance.now();
    for (const [index, number] of numbers.entries()) {
      const wait = begin + (index * 1000) / perSecond - performance.now();
      if (wait > 0) await sleep(wait, undefined, { ref: false });
      if (replay.state !== "running") return;
      replay.responses.set(number, await this.#send(number, asNew).catch(() => 0));
    }
    replay.state = "finished";
  }
}
