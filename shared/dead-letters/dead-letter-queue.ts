import type { PubSub } from "@google-cloud/pubsub";
import { causeKey, type DeadLetter, type DeadLetterGroup, groupDeadLetters } from "./dead-letter.ts";
import { processDeadLetters } from "./replay.ts";

/** Which dead letters a person asks for. Without a field, all of them. */
export interface DeadLetterFilter {
  subscriber?: string | undefined;
  type?: string | undefined;
  /** Text in the cause. */
  cause?: string | undefined;
}

export interface Replayed {
  groups: DeadLetterGroup[];
  /** Number of dead letters that are, or would be, delivered again: not those of functions that do not exist. */
  count: number;
}

interface DeadLetterQueueOptions {
  /** Called for each use, and closed afterwards. */
  connect(): PubSub;
  /** Names of all subscriber functions. */
  subscribers: string[];
  /** Last errors by `causeKey`, as far as they are known. */
  readCauses(deadLetters: DeadLetter[]): Promise<Map<string, string>>;
  /** See `processDeadLetters`. */
  emptyPulls?: number;
  /** See `processDeadLetters`. */
  pullMs?: number;
}

/** The dead letters that wait in Pub/Sub, as the command and the console show and replay them. */
export class DeadLetterQueue {
  readonly #options: DeadLetterQueueOptions;
  /** One use at a time: a pull leases what another one would list. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: DeadLetterQueueOptions) {
    this.#options = options;
  }

  /** The dead letters by cause, the largest group first. They stay where they are. */
  list(filter: DeadLetterFilter = {}): Promise<DeadLetterGroup[]> {
    return this.#use((pubsub) => this.#list(pubsub, filter));
  }

  /**
   * Delivers dead letters again, each to the subscriber that gave up.
   *
   * @param dryRun says what would be delivered, and changes nothing
   * @throws {MissingSubscriptionError}
   */
  replay(filter: DeadLetterFilter, { dryRun }: { dryRun: boolean }): Promise<Replayed> {
    return this.#use(async (pubsub) => {
      const listed = await this.#list(pubsub, filter);
      if (dryRun) return { groups: listed, count: countReplayable(listed) };
      const { subscriber, type, cause } = filter;
      const keys = new Set(listed.flatMap(({ letters }) => letters.map(causeKey)));
      const replayed = await processDeadLetters(pubsub, {
        ...this.#options,
        selection: { subscriber, type, ...(cause !== undefined && { keys }) },
        replay: true,
      });
      const groups = groupDeadLetters(replayed, await this.#options.readCauses(replayed));
      return { groups, count: countReplayable(groups) };
    });
  }

  async #list(pubsub: PubSub, { subscriber, type, cause }: DeadLetterFilter): Promise<DeadLetterGroup[]> {
    const options = { ...this.#options, selection: { subscriber, type }, replay: false };
    const letters = await processDeadLetters(pubsub, options);
    const groups = groupDeadLetters(letters, await this.#options.readCauses(letters));
    return groups.filter((group) => cause === undefined || (group.cause ?? "").includes(cause));
  }

  #use<T>(work: (pubsub: PubSub) => Promise<T>): Promise<T> {
    const used = this.#last.then(async () => {
      const pubsub = this.#options.connect();
      try {
        return await work(pubsub);
      } finally {
        await pubsub.close();
      }
    });
    this.#last = used.catch(() => {});
    return used;
  }
}

function countReplayable(groups: DeadLetterGroup[]): number {
  return groups.reduce((sum, { subscriber, letters }) => sum + (subscriber === null ? 0 : letters.length), 0);
}
