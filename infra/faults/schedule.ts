/** A part of the suite that fails, and its step: the kind of request during which it fails. */
const steps = {
  /** A sender's delivery to a source function. */
  source: ["delivery"],
  /** Pub/Sub's push to a subscriber function. */
  subscriber: ["push"],
  pubsub: ["publish"],
  bigquery: ["insert"],
  /** A statement that writes, and the end of a transaction. */
  postgres: ["write", "commit"],
  /** A message that is posted or changed, and a search for messages, people or channels. */
  slack: ["post", "update", "read"],
  github: ["read"],
  /** A read of a secret by a process that has responded to no request yet, and by one that has. */
  "secret-manager": ["first-read", "refresh"],
} as const;

export type Part = keyof typeof steps;
export type Step = (typeof steps)[Part][number];
export const parts = Object.keys(steps) as Part[];

/**
 * `reset`: the connection is reset before the step. `error`: status 503 instead of the step. `hang`: no response until the caller gives up.
 * `lost`: the step is done, and the connection is reset instead of the response. `late`: the response waits for half a second.
 * `killed-before`, `killed-after`: the calling function's process gets SIGKILL before or after the step; for a delivery or a push, the called one's.
 */
export type Fault = "reset" | "error" | "hang" | "killed-before" | "lost" | "late" | "killed-after";

/** One row of the matrix. */
export interface Cell {
  part: Part;
  step: Step;
  fault: Fault;
}

/** A cell and which request of each function fails, from 0. */
export interface Round extends Cell {
  nth: number;
}

const faults: Fault[] = ["reset", "error", "hang", "killed-before", "lost", "late", "killed-after"];
/** A proxy of bytes cannot respond with a status. */
const WITHOUT_STATUS: Part[] = ["pubsub", "postgres", "secret-manager"];
/** Steps that hang: one for each caller's time-out. */
const HANGING: Partial<Record<Part, Step[]>> = {
  pubsub: ["publish"],
  bigquery: ["insert"],
  postgres: ["commit"],
  slack: ["post"],
  github: ["read"],
  "secret-manager": ["first-read", "refresh"],
};
/** Parts whose callers give up after 20, 60 and 65 seconds. */
const SLOW_TO_HANG: Part[] = ["github", "bigquery", "postgres"];

/** Every cell of the matrix, or those of one part. */
export function listCells(only?: Part): Cell[] {
  return parts
    .filter((part) => only === undefined || part === only)
    .flatMap((part) =>
      steps[part].flatMap((step) =>
        faults.filter((fault) => isPossible(part, step, fault)).map((fault) => ({ part, step, fault })),
      ),
    );
}

function isPossible(part: Part, step: Step, fault: Fault): boolean {
  if (fault === "error") return !WITHOUT_STATUS.includes(part);
  if (fault === "hang") return HANGING[part]?.includes(step) ?? false;
  return true;
}

/** Whether a cell takes much longer than the others, because every caller waits for its time-out. */
function isSlow({ part, fault }: Cell): boolean {
  return fault === "hang" && SLOW_TO_HANG.includes(part);
}

/**
 * Whether one function meets the fault, instead of each: the PostgreSQL emulator has one session, which a transaction holds while it hangs,
 * so that several would hang one after the other, each for the client's 65 seconds.
 */
export function isMetOnce({ part, fault }: Cell): boolean {
  return part === "postgres" && fault === "hang";
}

/**
 * Orders the cells for a number of rounds: all of them once in a shuffled order, the slow ones last, then again in another order, each time
 * with a later request of every function.
 *
 * @param seed the same seed gives the same order
 */
export function planRounds(cells: Cell[], count: number, seed: number): Round[] {
  const random = seededRandom(seed);
  const rounds: Round[] = [];
  for (let pass = 0; rounds.length < count && cells.length > 0; pass++)
    rounds.push(...shuffleQuickFirst(cells, random).map((cell) => ({ ...cell, nth: pass % 3 })));
  return rounds.slice(0, count);
}

function shuffleQuickFirst(cells: Cell[], random: () => number): Cell[] {
  const shuffled = shuffle(cells, random);
  return [...shuffled.filter((cell) => !isSlow(cell)), ...shuffled.filter(isSlow)];
}

function shuffle<T>(values: T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

/** Numbers from 0 to 1, https://github.com/cprosche/mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
