import { createHash } from "node:crypto";
import { toAttemptRows } from "../../../functions/redeliver/attempt-rows.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import {
  checkRunRows,
  commentRows,
  issueRows,
  mergeGroupRows,
  pullRequestEventRows,
  pushRows,
  reviewRows,
  workflowJobRows,
} from "../testing/example-github-rows.ts";
import {
  assetRows,
  bootstrapRows,
  deadLetterRows,
  deployRows,
  type ExampleDeploy,
  reportRows,
  shipmentRows,
} from "../testing/example-rows.ts";

const START = Date.UTC(2025, 1, 20);
const DAY = 86_400_000;

/** The views' present. Daylight saving time has begun in San Francisco and in Vienna by then. */
export const MONTH_END = "2025-04-02T15:00:00Z";

const people = ["mira", "jonas", "lena", "robin", "renovate"];
const userTypes = {
  mira: "internal",
  jonas: "internal",
  lena: "internal",
  robin: "external",
  renovate: "bot",
} as const;

interface Builder {
  count: number;
  build: (random: Random, index: number) => TableRow[];
}

const builders: Builder[] = [
  { count: 60, build: deploy },
  { count: 50, build: pullRequest },
  { count: 150, build: checkRun },
  { count: 30, build: bundle },
  { count: 25, build: issue },
  { count: 20, build: bootstrap },
  { count: 5, build: deadLetter },
  { count: 20, build: deliveryAttempt },
  { count: 10, build: mergeGroup },
  { count: 10, build: measurement },
  { count: 10, build: incident },
];

/**
 * Rows of 40 days with every irregularity: repetitions, missing values, events out of order, failed deploys, rollbacks, flaky checks.
 * @param seed the same seed gives the same rows
 */
export function exampleMonth(seed: number): TableRow[] {
  const random = new Random(seed);
  const rows = builders.flatMap(({ count, build }) => repeat(count, (index) => build(random, index)));
  const repeated = rows.filter(() => random.chance(0.1));
  return random.shuffle([...rows, ...repeated]);
}

function deploy(random: Random, number: number): TableRow[] {
  const queued = random.moment();
  const started = queued + random.below(600_000);
  const ended = started + random.below(3_600_000);
  const status = random.pick(["finished", "finished", "finished", "failed", "canceled"] as const);
  const example: ExampleDeploy = {
    number,
    status,
    app: random.pick(["getsentry", "getsentry", "relay"]),
    environment: random.chance(0.1) ? "staging" : "production",
    sha: random.maybe(`s${random.below(20)}`),
    user: random.maybe(random.pick(people)),
    queued: iso(queued),
    started: random.maybe(iso(started)),
    ended: random.maybe(iso(ended)),
    received: iso(ended + random.below(5000)),
  };
  const shipped = Object.fromEntries(
    repeat(3, () => [random.below(50)]).map((number) => [number, `m${number}`]),
  );
  return [
    ...deployRows({ ...example, status: "queued", started: null, ended: null }),
    ...(random.chance(0.8) ? deployRows({ ...example, status: "started", ended: null }) : []),
    ...(random.chance(0.9) ? deployRows(example) : []),
    ...(status === "finished" ? shipmentRows(example, shipped) : []),
  ];
}

function pullRequest(random: Random, number: number): TableRow[] {
  const opened = random.moment();
  const author = random.pick(people);
  const ended = opened + random.below(5 * DAY);
  const pull = {
    number,
    author,
    branch: `b${random.below(30)}`,
    base: random.pick(["master", "master", "release"]),
    opened: iso(opened),
  };
  const by = () => {
    const who = random.pick(people);
    return { by: who, userType: random.maybe(userTypes[who as keyof typeof userTypes]) };
  };
  const merged = random.chance(0.7) ? iso(ended) : null;
  return [
    ...(random.chance(0.9) ? pullRequestEventRows({ ...pull, ...by(), by: author }) : []),
    ...(random.chance(0.5)
      ? pullRequestEventRows({
          ...pull,
          ...by(),
          action: "review_requested",
          updated: iso(opened + random.below(DAY)),
        })
      : []),
    ...repeat(random.below(3), () =>
      reviewRows({
        ...pull,
        ...by(),
        review: random.below(1e9),
        submitted: iso(opened + random.below(3 * DAY)),
      }),
    ),
    ...repeat(random.below(3), () =>
      commentRows({ ...by(), number, comment: random.below(1e9), at: iso(opened + random.below(3 * DAY)) }),
    ),
    ...pushRows({
      branch: pull.branch,
      commits: [iso(opened - random.below(DAY)), { at: iso(opened - 9 * DAY), distinct: random.chance(0.3) }],
    }),
    ...pullRequestEventRows({ ...pull, ...by(), merged, closed: iso(ended), mergeCommit: `m${number}` }),
  ];
}

function checkRun(random: Random, run: number): TableRow[] {
  const started = random.moment();
  const check = {
    run: random.chance(0.1) ? random.below(run + 1) : run,
    check: random.pick(["tests", "lint"]),
    sha: `c${random.below(60)}`,
    branch: random.maybe(random.pick(["master", "master", "fix", "release"])),
    conclusion: random.pick(["success", "success", "failure", "timed_out", "cancelled", "neutral"]),
    started: random.maybe(iso(started)),
    completed: iso(started + random.below(2_400_000)),
    ...(random.chance(0.3) && { pullRequest: random.below(50) }),
  };
  return [
    ...(random.chance(0.5)
      ? checkRunRows({ ...check, status: "queued", started: iso(started - random.below(60_000)) })
      : []),
    ...(random.chance(0.3)
      ? workflowJobRows({ run: check.run, created: iso(started - random.below(60_000)) })
      : []),
    ...checkRunRows(check),
  ];
}

function bundle(random: Random, index: number): TableRow[] {
  return assetRows({
    commit: `c${index}`,
    received: iso(random.moment()),
    environment: random.maybe("ci"),
    entrypoint: random.pick(["app", "pipeline"]),
    sizes: { "app.js": random.below(1000), ...(random.chance(0.5) && { "app.css": random.below(100) }) },
    ...(random.chance(0.5) && { pullRequest: random.below(5) + 1 }),
  });
}

function issue(random: Random, index: number): TableRow[] {
  const opened = random.moment();
  const number = 1000 + index;
  const who = random.pick(people);
  const example = {
    number,
    opened: iso(opened),
    by: who,
    userType: userTypes[who as keyof typeof userTypes],
  };
  return [
    ...(random.chance(0.9) ? issueRows(example) : []),
    ...(random.chance(0.6)
      ? issueRows({
          ...example,
          action: random.pick(["closed", "reopened", "labeled"]),
          updated: iso(opened + random.below(5 * DAY)),
        })
      : []),
    ...repeat(random.below(3), () =>
      commentRows({
        by: random.pick(people),
        userType: "internal",
        number,
        comment: random.below(1e9),
        at: iso(opened + random.below(DAY)),
      }),
    ),
  ];
}

function bootstrap(random: Random): TableRow[] {
  const step = random.pick(["start", "start", "end"] as const);
  return bootstrapRows({ step, name: random.pick(people), received: iso(random.moment()) });
}

function deadLetter(random: Random, index: number): TableRow[] {
  return deadLetterRows({
    message: `m${index}`,
    published: iso(random.moment()),
    attributes: random.chance(0.2)
      ? {}
      : { "ce-id": `e${index}`, CloudPubSubDeadLetterSourceDeliveryCount: "5" },
  });
}

function deliveryAttempt(random: Random, index: number): TableRow[] {
  const attempt = {
    log: "github-app",
    id: String(index),
    guid: `guid${random.below(10)}`,
    event: "push",
    repositoryId: random.maybe("1"),
    statusCode: random.pick([202, 202, 503, 0]),
    isRedelivery: random.chance(0.3),
    deliveredAt: new Date(random.moment()),
  };
  return toAttemptRows([attempt], "product_eng");
}

function mergeGroup(random: Random): TableRow[] {
  const at = iso(random.moment());
  const action = random.pick(["checks_requested", "destroyed"] as const);
  return mergeGroupRows({ pullRequest: random.below(50), at, action, received: at });
}

function measurement(random: Random): TableRow[] {
  const value = random.below(100);
  const received = iso(random.moment());
  return reportRows(
    {
      type: "measurement",
      timestamp: received,
      data: { name: "docs-build", value, unit: random.maybe("seconds") },
    },
    { received },
  );
}

function incident(random: Random, index: number): TableRow[] {
  const opened = random.moment();
  const data = { id: `i${index}`, severity: random.pick(["high", "low"]), service: "getsentry" };
  const at = (time: number, status: string, sha: string | null) =>
    reportRows(
      { type: "incident", timestamp: iso(time), data: { ...data, status, ...(sha && { sha }) } },
      { received: iso(time + random.below(5000)) },
    );
  return [
    ...at(opened, "opened", random.maybe(`s${random.below(20)}`)),
    ...(random.chance(0.8) ? at(opened + random.below(DAY), "resolved", null) : []),
  ];
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function repeat<T>(count: number, make: (index: number) => T[]): T[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat();
}

/** Random choices that depend on the seed only. */
class Random {
  #drawn = 0;

  constructor(private readonly seed: number) {}

  /** A number from 0 up to 1, without 1. */
  #next(): number {
    const hash = createHash("sha256").update(`${this.seed} ${this.#drawn++}`);
    return hash.digest().readUInt32BE() / 2 ** 32;
  }

  /** An integer from 0 up to the limit, without the limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** The value, or null for one in ten. */
  maybe<T>(value: T): T | null {
    return this.chance(0.1) ? null : value;
  }

  /** Milliseconds since 1970 of a moment in the month. */
  moment(): number {
    return START + this.below(40 * DAY);
  }

  shuffle<T>(items: T[]): T[] {
    return items
      .map((item) => ({ item, rank: this.#next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}
